import { describe, expect, it } from '@jest/globals';
import { loadConfig } from './config.ts';

describe('the configuration', () => {
  it('listens on the loopback address without users and file by default', () => {
    expect(loadConfig({})).toEqual({ port: 27017, host: '127.0.0.1', file: undefined, users: [] });
  });

  it('reads users from JSON', () => {
    const users = [{ user: 'u', password: 'p', db: 'd' }];
    expect(loadConfig({ MONGO_USERS: JSON.stringify(users) }).users).toEqual(users);
  });

  it.each([
    { MONGO_USERS: '{}' },
    { MONGO_USERS: '[{"user":"u"}]' },
    { MONGO_USERS: 'x' },
    { MONGO_PORT: 'x' },
    { SHOP_ENV: 'production' },
  ])('is refused: %j', (env) => {
    expect(() => loadConfig(env)).toThrow();
  });
});
