import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { PermanentError } from '@shopstack/bus/errors';
import { on } from '@shopstack/bus/handler';
import { orderCompleted, userRegistered } from '@shopstack/contracts/messages';
import { uuidv7 } from '@shopstack/kit/uuid';
import { bearer } from '@shopstack/testkit/tokens';
import { sql } from 'kysely';
import { completed, type Desk, metricsOf, openDesk } from './desk.ts';
import { until } from './shop.ts';

const queue = 'ratings.events';
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());
afterEach(() => sql`delete from dead_letters`.execute(desk.database.db));

const kept = async (query: object, count = 1) => {
  await until(async () => expect(await desk.list(query)).toHaveLength(count));
  return desk.list(query);
};
const one = async (query: object) => {
  const [letter] = await kept(query);
  if (!letter) throw new Error('no letter');
  return letter;
};

/** The samples of one metric, without its name. */
const measured = async (name: string) =>
  (await metricsOf(desk))
    .split('\n')
    .flatMap((line) => (line.startsWith(`${name}{`) ? [line.slice(name.length)] : []));

describe('every kind of death becomes a row with the bytes that died', () => {
  test('a permanent error', async () => {
    const handler = on(orderCompleted, async () => {
      throw new PermanentError('never');
    });
    const consumer = desk.ratings.consume({ queue, handlers: [handler] });
    const message = completed();
    await desk.ratings.publish(message);
    const letter = await one({ q: message.id });
    expect(letter).toMatchObject({
      ...{ queue, type: 'order.completed.v1', messageId: message.id, orderId: message.subject },
      ...{ reason: 'permanent', detail: 'never', state: 'dead', history: [] },
    });
    const { body, bytes } = await desk.read(letter.id);
    expect(JSON.parse(body)).toMatchObject({ id: message.id, data: message.data });
    expect(bytes).toBe(Buffer.byteLength(body));
    await consumer.close();
  });

  test('six attempts in vain', async () => {
    const handler = on(orderCompleted, async () => {
      throw new Error('not today');
    });
    const consumer = desk.ratings.consume({ queue, handlers: [handler] });
    const message = completed();
    await desk.ratings.publish(message);
    const letter = await one({ q: message.id });
    expect(letter).toMatchObject({ reason: 'attempts-exhausted', detail: 'not today' });
    await consumer.close();
  });

  test('bytes that nobody can read, and a version to come', async () => {
    const consumer = desk.ratings.consume({ queue, handlers: [on(orderCompleted, async () => undefined)] });
    const bytes = Buffer.from([0xff, 0x00, 0xc3, 0x28, 0x7b]);
    await desk.injector.send('shop.events', 'order.completed.v1', bytes);
    const malformed = await one({ q: 'malformed' });
    expect(malformed).toMatchObject({ queue, type: 'unknown', messageId: '', bytes: 5 });
    expect((await desk.store.deadLetters.read(malformed.id))?.content).toEqual(bytes);
    const message = { ...completed(), type: 'order.completed.v2' };
    await desk.ratings.publish(message);
    expect(await one({ q: message.id })).toMatchObject({
      ...{ queue, type: 'order.completed.v2', reason: 'unknown-type', detail: 'order.completed.v2' },
    });
    await consumer.close();
  });

  test("the broker's own: a consumer that dies thirty times", async () => {
    const message = completed();
    await desk.ratings.publish(message);
    const { consumerTag } = await desk.injector.channel.consume(queue, (it) => {
      if (it) desk.injector.channel.nack(it, false, true);
    });
    expect(await one({ q: message.id })).toMatchObject({ queue, reason: 'delivery_limit', state: 'dead' });
    await desk.injector.channel.cancel(consumerTag);
  });

  test('headers and names of any shape', async () => {
    const long = 'x'.repeat(3000);
    const headers = { 'x-shop-queue': long, 'x-shop-detail': `\u{1F980}${long}`, 'x-shop-at': 'yesterday' };
    const strange = { ...headers, list: [1, { a: Buffer.from('b') }], bytes: Buffer.from([1]), no: null };
    await desk.injector.send('shop.dlx', 'any.key', Buffer.alloc(0), { headers: strange });
    const letter = await one({ q: 'xxx' });
    expect(letter).toMatchObject({ queue: long.slice(0, 255), reason: 'unknown', type: 'any.key', bytes: 0 });
    expect(await desk.injector.count('dispatch.dead-letters')).toBe(0);
  });

  test('one too large for a row is kept in part and cannot be replayed', async () => {
    await desk.injector.die(queue, Buffer.alloc(6 * 1024 * 1024, 'a'), { reason: 'malformed' });
    const letter = await one({ queue });
    expect(letter.bytes).toBe(6 * 1024 * 1024);
    const { body } = await desk.replay(letter.id).expect(409);
    expect(body.detail).toMatch(/too large/);
  });
});

test('a letter that comes again is the same death; a message that dies again is another', async () => {
  const message = completed();
  const at = '2026-01-01T00:00:00.000Z';
  await desk.injector.die(queue, message, { at });
  const first = await one({ q: message.id });
  await desk.injector.die(queue, message, { at });
  await desk.injector.die(queue, message, { at: '2026-01-02T00:00:00.000Z' });
  const letters = await kept({ q: message.id }, 2);
  await until(async () => expect(await desk.injector.count('dispatch.dead-letters')).toBe(0));
  expect(letters.map((it) => it.diedAt)).toEqual(['2026-01-02T00:00:00.000Z', at]);
  expect(letters[1]?.id).toBe(first.id);
});

test('what no queue wanted is drained: kept, unless nobody needs to hear it', async () => {
  const lost = { ...completed(), type: 'nobody.listens.v1' };
  const user = { userId: uuidv7() };
  await desk.ratings.publish({ ...lost, id: uuidv7(), type: userRegistered.type, data: user });
  await desk.ratings.publish(lost);
  const letter = await one({ q: lost.id });
  expect(letter).toMatchObject({
    ...{ queue: 'shop.unrouted', reason: 'unroutable', type: 'nobody.listens.v1' },
    detail: 'no queue for "nobody.listens.v1" on shop.events',
  });
  await until(async () => expect(await desk.injector.count('shop.unrouted')).toBe(0));
  expect(await desk.list()).toHaveLength(1);
  const counted = await measured('shop_unrouted_total');
  expect(counted).toEqual(['{type="user.registered"} 1', '{type="unexpected"} 1']);
  expect((await desk.replay(letter.id).expect(409)).body.detail).toBe('No queue hears nobody.listens.v1.');
});

test('a message that was lost for want of a queue reaches those who hear it', async () => {
  const message = completed();
  await desk.injector.channel.unbindQueue(queue, 'shop.events', 'order.completed.*');
  await desk.injector.channel.unbindQueue('user.orders', 'shop.events', 'order.completed.*');
  await desk.ratings.publish(message);
  const letter = await one({ q: message.id });
  await desk.replay(letter.id).expect(202);
  await until(async () => expect(await desk.injector.count(queue)).toBe(1));
  await until(async () => expect((await desk.read(letter.id)).state).toBe('replayed'));
  expect(await desk.injector.count('user.orders')).toBeGreaterThan(0);
  await desk.injector.channel.bindQueue(queue, 'shop.events', 'order.completed.*');
  await desk.injector.channel.bindQueue('user.orders', 'shop.events', 'order.completed.*');
  await desk.injector.channel.purgeQueue(queue);
});

describe('the list', () => {
  const orderId = uuidv7();
  const messages = [completed(orderId), completed(), completed(), completed()];
  const fill = async () => {
    const dead = (nth: number, where: string, how: object) =>
      desk.injector.die(where, messages[nth] ?? completed(), how);
    await dead(0, queue, { reason: 'permanent', detail: 'first 100%' });
    await dead(1, queue, { reason: 'attempts-exhausted', detail: 'second' });
    await dead(2, 'user.orders', { reason: 'permanent', detail: 'third' });
    await dead(3, 'cart.events', { reason: 'malformed', detail: 'fourth_' });
    await kept({}, 4);
  };
  const details = async (query: object) => (await desk.list(query)).map((it) => it.detail);

  test('is searched by queue, type, state, order, message and reason', async () => {
    await fill();
    expect(await details({ queue })).toEqual(['second', 'first 100%']);
    expect(await details({ type: 'order.completed.v1', queue: 'user.orders' })).toEqual(['third']);
    expect(await details({ type: 'stock.reserve.v1' })).toEqual([]);
    expect(await details({ q: orderId.toUpperCase() })).toEqual(['first 100%']);
    expect(await details({ q: messages[1]?.id })).toEqual(['second']);
    expect(await details({ q: 'EXHAUSTED' })).toEqual(['second']);
    expect(await details({ q: '0%' })).toEqual(['first 100%']);
    expect(await details({ q: 'h_' })).toEqual(['fourth_']);
    expect(await details({ q: '\\' })).toEqual([]);
    const [third] = await desk.list({ queue: 'user.orders' });
    await desk.discard(third?.id ?? '').expect(200);
    expect(await details({ state: 'discarded' })).toEqual(['third']);
    expect(await details({ state: 'dead', q: 'permanent' })).toEqual(['first 100%']);
  });

  test('is read in pages, newest first, also while letters arrive', async () => {
    await fill();
    const page = (query: object) => desk.http.get('/dead-letters').query(query).set(desk.token).expect(200);
    const first = (await page({ limit: 3 })).body;
    await desk.injector.die(queue, completed(), { detail: 'fifth' });
    await kept({}, 5);
    const second = (await page({ limit: 3, cursor: first.next })).body;
    const seen = [...first.items, ...second.items].map((it) => it.detail);
    expect(seen).toEqual(['fourth_', 'third', 'second', 'first 100%']);
    expect(second.next).toBeNull();
    await desk.http.get('/dead-letters').query({ cursor: 'made-up' }).set(desk.token).expect(422);
  });

  test('is for support', async () => {
    const customer = bearer(desk.issuer.token());
    await desk.http.get('/dead-letters').set(customer).expect(403);
    await desk.http.get('/dead-letters').expect(401);
    await desk.http.get(`/dead-letters/${uuidv7()}`).set(desk.token).expect(404);
    await desk.http.delete(`/dead-letters/${uuidv7()}`).query({ reason: 'r' }).set(desk.token).expect(404);
  });
});

test('a letter is discarded once, with a reason, and kept', async () => {
  const message = completed();
  await desk.injector.die(queue, message);
  const letter = await one({ q: message.id });
  const { body } = await desk.discard(letter.id, 'the customer was called').expect(200);
  expect(body).toMatchObject({
    state: 'discarded',
    history: [{ by: desk.support, what: 'discarded', note: 'the customer was called' }],
  });
  expect((await desk.discard(letter.id).expect(409)).body.type).toMatch(/dead-letter-final$/);
  expect((await desk.replay(letter.id).expect(409)).body.type).toMatch(/dead-letter-final$/);
  expect((await desk.read(letter.id)).history).toHaveLength(1);
});

test('letters dealt with ninety days ago go, open ones stay', async () => {
  for (const detail of ['open', 'old', 'recent']) await desk.injector.die(queue, completed(), { detail });
  const letters = await kept({}, 3);
  for (const { id, detail } of letters) if (detail !== 'open') await desk.discard(id).expect(200);
  const age = (detail: string, days: number) =>
    sql`update dead_letters set died_at = '2020-01-01',
    settled_at = if(state = 'dead', null, utc_timestamp(3) - interval ${sql.lit(days)} day)
    where detail = ${detail}`.execute(desk.database.db);
  await age('open', 400);
  await age('old', 91);
  await age('recent', 89);
  expect(await desk.store.deadLetters.prune()).toBe(1);
  expect((await desk.list()).map((it) => it.detail).sort()).toEqual(['open', 'recent']);
});

test('gauges and counters tell what lies open', async () => {
  await desk.injector.die(queue, completed(), { reason: 'permanent' });
  await desk.injector.die('no.such.queue', completed(), { reason: 'Ode to a "label"' });
  await kept({}, 2);
  desk.upkeep.wake();
  await until(async () => {
    const open = await measured('shop_dead_letters_open');
    const expected = [`{queue="${queue}"} 1`, '{queue="other"} 1', '{queue="cart.events"} 0'];
    expect(open).toEqual(expect.arrayContaining(expected));
  });
  const died = (await measured('shop_dead_letters_total')).join();
  expect(died).toMatch(/\{queue="ratings\.events",reason="permanent"\} [1-9]/);
  expect(died).toMatch(/\{queue="other",reason="other"\} [1-9]/);
  expect(died).not.toContain('Ode');
});
