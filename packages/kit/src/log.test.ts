import { describe, expect, test } from '@jest/globals';
import { createLogger } from './log.ts';
import { inWork, learn } from './work.ts';

/** A logger as code without types would use it: redaction is the net for what the registry of fields does not see. */
interface Untyped {
  info: (...told: unknown[]) => void;
  warn: (...told: unknown[]) => void;
  error: (...told: unknown[]) => void;
  child: (fields: object) => Untyped;
}

const canary = 'c4n4ry';
function record() {
  let text = '';
  const write = (line: string) => {
    text += line;
  };
  const typed = createLogger({ service: 'test', level: 'trace' }, { write });
  const log = typed as unknown as Untyped;
  const last = (): Record<string, unknown> => JSON.parse(text.trim().split('\n').at(-1) ?? '{}');
  return { typed, log, written: () => text, last };
}
const nested = (value: unknown, depth: number): unknown =>
  depth === 0 ? value : depth % 2 === 0 ? { inner: nested(value, depth - 1) } : [nested(value, depth - 1)];

describe('a log line', () => {
  test('is JSON with level, service, time, fields and message', () => {
    const { log, last } = record();
    log.info({ orderId: 'o-1', count: 3, when: new Date(0), list: [1, null, undefined] }, 'order placed');
    expect(last()).toMatchObject({
      level: 'info',
      service: 'test',
      orderId: 'o-1',
      count: 3,
      when: '1970-01-01T00:00:00.000Z',
      list: [1, null, null],
      message: 'order placed',
    });
    expect(Date.parse(String(last().time))).toBeGreaterThan(0);
  });

  const fields = [
    ...['password', 'currentPassword', 'newPassword', 'PASSWORD', 'passwordHash', 'token', 'accessToken'],
    ...['refresh_token', 'paymentToken', 'followToken', 'Follow-Token', 'authorization', 'Authorization'],
    ...['proxy-authorization', 'cookie', 'Set-Cookie', 'x-api-key', 'clientSecret', 'email', 'emailKey'],
    ...['phone', 'address', 'name', 'lastName', 'line1', 'line2', 'postcode', 'cardNumber', 'sql'],
  ];
  test.each(fields)('never holds %s, at no depth and of no type', (field) => {
    const { log, written } = record();
    for (const depth of [0, 1, 2, 3, 4, 5, 6, 9, 20]) {
      for (const value of [canary, { deep: canary }, [canary], Number.NaN, () => canary])
        log.info({ body: nested({ [field]: value }, depth) }, 'something');
      log.child({ request: nested({ [field]: canary }, depth) }).warn('something');
    }
    log.info({ [field]: canary }, 'something');
    log.child({ [field]: canary }).info('something');
    expect(written()).not.toContain(canary);
    expect(written()).toContain('something');
  });

  test.each([
    'ada.c4n4ry@example.test',
    'Bearer c4n4ry.abc',
    `eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.${canary}`,
    `mysql://shop:${canary}@db:3306/x`,
    `redis://:${canary}@cache`,
    '4111 1111 1111 1111',
    '4111-1111-1111-1111',
    '4111111111111111',
  ])('does not hold the text %s in a field, a message, an error or its cause', (secret) => {
    const { log, written } = record();
    log.error({ note: `it was ${secret}` }, 'something');
    log.error(`it was ${secret}`);
    log.error({ fields: 1 }, `it was ${secret}`);
    log.error({ err: new Error(`Duplicate entry '${secret}'`, { cause: new Error(secret) }) }, 'something');
    log.error(new Error(secret));
    log.error({ deep: [{ errors: new AggregateError([new Error(secret)], secret) }] }, 'something');
    expect(written()).not.toContain(canary);
    expect(written()).not.toContain(secret);
    for (const line of written().trim().split('\n')) JSON.parse(line);
  });

  test('has of an error only type, code, message, stack and cause', () => {
    const { log, last } = record();
    const error = Object.assign(new Error('ER_DUP'), {
      code: 'ER_DUP_ENTRY',
      sql: canary,
      keyValue: canary,
      body: canary,
    });
    log.error({ err: error }, 'request failed');
    expect(last().err).toEqual({
      type: 'Error',
      code: 'ER_DUP_ENTRY',
      message: 'ER_DUP',
      stack: expect.any(String),
    });
  });

  test('of a child of a child has the fields of both', () => {
    const { log, last } = record();
    log.child({ orderId: 'o-1' }).child({ step: 2 }).info('moved');
    expect(last()).toMatchObject({ orderId: 'o-1', step: 2, message: 'moved' });
  });

  test('leaves ids, times and counts as they are', () => {
    const { log, last } = record();
    const kept = {
      id: '01890000-1234-7123-8123-123456789012',
      at: 1_790_000_000_000,
      traceId: '12345678901234567890123456789012',
      code: 'C1',
    };
    log.info(kept, 'kept');
    expect(last()).toMatchObject(kept);
  });

  test('survives circles, binary, and objects that make their own JSON', () => {
    const { log, written } = record();
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    log.info({ circle, bytes: Buffer.from(canary), made: { toJSON: () => ({ email: canary }) } }, 'odd');
    expect(written()).toContain('"message":"odd"');
    expect(written()).not.toContain(canary);
    expect(written()).not.toContain(Buffer.from(canary).toJSON().data.join(','));
  });

  test('of work that belongs to an order tells the order, from when it is known', () => {
    const { typed, written } = record();
    inWork({}, () => {
      typed.info('first');
      learn({ orderId: 'o-1' });
      typed.info('second');
      inWork({ orderId: 'o-2' }, () => typed.info('other work'));
      typed.info('third');
    });
    typed.info('after');
    const orders = written()
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line).orderId);
    expect(orders).toEqual([undefined, 'o-1', 'o-2', 'o-1', undefined]);
  });
});
