import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import {
  ConfigError,
  flag,
  hostUrl,
  loadConfig,
  mongoEnvironment,
  mysqlEnvironment,
  redisEnvironment,
  serviceEnvironment,
} from './config.ts';

const complete = {
  SHOP_ENV: 'test',
  PUBLIC_URL: 'http://shop.test',
  PUBLIC_PATH: '/api/v1/cart',
  USER_HOST: 'user',
};
const faultsOf = (shape: z.ZodRawShape, environment: NodeJS.ProcessEnv): string => {
  try {
    loadConfig(shape, environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
};

describe('the environment', () => {
  test('has defaults for what is no address and no secret', () => {
    expect(loadConfig(serviceEnvironment, complete)).toEqual({
      ...complete,
      USER_HOST: 'http://user:8080',
      PORT: 8080,
      BIND_ADDRESS: '0.0.0.0',
      LOG_LEVEL: 'info',
      DRAIN_SECONDS: 0,
    });
  });

  test('tells every fault in one message', () => {
    const message = faultsOf(
      { ...serviceEnvironment, ...mysqlEnvironment },
      { SHOP_ENV: 'prod', PORT: '70000', LOG_LEVEL: 'loud' },
    );
    for (const name of [
      'SHOP_ENV',
      'PORT',
      'LOG_LEVEL',
      'PUBLIC_URL',
      'PUBLIC_PATH',
      'USER_HOST',
      'MYSQL_URL',
    ])
      expect(message.match(new RegExp(`^  ${name}: `, 'gm'))).toHaveLength(1);
    expect(message).toContain('USER_HOST: is not set');
  });

  test('never repeats a value', () => {
    const canary = 'c4n4ry-hunter2';
    const names = Object.keys({
      ...serviceEnvironment,
      ...mysqlEnvironment,
      ...mongoEnvironment,
      ...redisEnvironment,
    });
    const shape = {
      ...serviceEnvironment,
      ...mysqlEnvironment,
      ...mongoEnvironment,
      ...redisEnvironment,
      KEY: z.string().length(64),
      HEX: z.string().regex(/^[0-9a-f]+$/),
    };
    const values = Object.fromEntries(
      [...names, 'KEY', 'HEX'].map((name) => [name, `${canary}:${canary}@/ `]),
    );
    const message = faultsOf(shape, values);
    expect(message).toContain('MYSQL_URL');
    expect(message).not.toContain(canary);
  });

  test.each(['', ' ', '\t'])('%j is the same as unset', (value) => {
    expect(loadConfig(serviceEnvironment, { ...complete, PORT: value }).PORT).toBe(8080);
    expect(faultsOf(serviceEnvironment, { ...complete, PUBLIC_PATH: value })).toContain(
      'PUBLIC_PATH: is not set',
    );
  });

  test.each([
    ['PUBLIC_URL', 'ftp://shop.test'],
    ['PUBLIC_URL', 'javascript:alert(1)'],
    ['PUBLIC_PATH', 'api'],
    ['PUBLIC_PATH', '/api/'],
    ['USER_HOST', 'http://user'],
    ['USER_HOST', 'user:99999'],
    ['USER_HOST', 'user/x'],
    ['USER_HOST', 'user@evil'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['DRAIN_SECONDS', 'soon'],
  ])('%s=%s is refused', (name, value) => {
    expect(faultsOf(serviceEnvironment, { ...complete, [name]: value })).toContain(`${name}: `);
  });

  test('hosts and flags', () => {
    expect(hostUrl.parse('10.0.0.7:90')).toBe('http://10.0.0.7:90');
    expect([flag.parse('true'), flag.parse('false')]).toEqual([true, false]);
    expect(flag.safeParse('yes').success).toBe(false);
  });
});
