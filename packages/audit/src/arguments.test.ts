import { describe, expect, test } from '@jest/globals';
import { accessFrom } from './access.ts';
import { readArguments } from './arguments.ts';

describe('what was typed', () => {
  test('nothing, and everything', () => {
    expect(readArguments([])).toEqual({ json: false, report: undefined, options: {} });
    const all =
      '--json --at-rest --grace 5 --budget 30 --report http://dispatch/internal/audits/latest'.split(' ');
    expect(readArguments(all)).toEqual({
      json: true,
      report: 'http://dispatch/internal/audits/latest',
      options: { atRest: true, graceSeconds: 5, budgetSeconds: 30 },
    });
  });
  test.each([
    ['--nope'],
    ['word'],
    ['--grace'],
    ['--grace', '-1'],
    ['--budget', '1s'],
    ['--report', 'ftp://x'],
  ])('%s %s is one line of usage', (...words) => {
    const typed = words.filter((it) => typeof it === 'string');
    expect(() => readArguments(typed)).toThrow(/^[^\n]+Usage: npm run audit [^\n]+$/);
  });
});

describe('where the stores are', () => {
  const environment = {
    AUDIT_MYSQL_URL: 'mysql://a',
    AUDIT_MONGO_URL: 'mongodb://a',
    AUDIT_REDIS_URL: 'redis://a',
    AUDIT_AMQP_URL: 'amqp://a',
  };
  test('nowhere unless the environment says so', () => expect(accessFrom({})).toBeUndefined());
  test('all of them', () => {
    const AUDIT_LEDGER_URLS = 'http://card:a%2Fkey@card:81/x  http://mpesa:id%3Asecret@mpesa';
    expect(accessFrom({ ...environment, AUDIT_LEDGER_URLS })).toEqual({
      mysqlUrl: 'mysql://a',
      mongoUrl: 'mongodb://a',
      redisUrl: 'redis://a',
      amqpUrl: 'amqp://a',
      ledgers: [
        { name: 'card', url: 'http://card:81/x', key: 'a/key' },
        { name: 'mpesa', url: 'http://mpesa/', key: 'id:secret' },
      ],
    });
  });
  test('only some is a mistake that names the missing one, and tells no key', () => {
    const { AUDIT_AMQP_URL: _, ...some } = environment;
    expect(() => accessFrom(some)).toThrow('AUDIT_AMQP_URL is not set');
    expect(() => accessFrom({ ...environment, AUDIT_LEDGER_URLS: 'secret' })).toThrow(/^(?!.*secret)/);
  });
});
