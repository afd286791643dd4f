import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { PermanentError } from '@shopstack/bus/errors';
import { on } from '@shopstack/bus/handler';
import { draft, encode, type OutgoingMessage, type ReceivedMessage } from '@shopstack/bus/message';
import { firstTime } from '@shopstack/bus/mysql';
import { orderCompleted, paymentCapture, stockCommit, stockRelease } from '@shopstack/contracts/messages';
import { uuidv7 } from '@shopstack/kit/uuid';
import { sql } from 'kysely';
import { completed, type Desk, openDesk } from './desk.ts';
import { until } from './shop.ts';

const queue = 'ratings.events';
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());
afterEach(async () => {
  await sql`delete from dead_letters`.execute(desk.database.db);
  for (const name of [queue, 'catalogue.commands', 'payment.commands'])
    await desk.injector.channel.purgeQueue(name);
});

const dead = async (where: string, message: OutgoingMessage) => {
  await desk.injector.die(where, message);
  const found = await until(async () => expect(await desk.list({ q: message.id })).toHaveLength(1)).then(() =>
    desk.list({ q: message.id }),
  );
  return found[0]?.id ?? '';
};
const stateOf = async (id: string) => (await desk.read(id)).state;
const sagaIs = (orderId: string, state: string, undoing = false) =>
  sql`insert into sagas (order_id, state, version, body, updated_at)
    values (${orderId}, ${state}, 1, ${JSON.stringify({ undoing })}, utc_timestamp(3))
    on duplicate key update state = ${state}`.execute(desk.database.db);
const codeOf = (body: { type: string }) => body.type.replace('urn:shopstack:problem:', '');
const commandFor = (orderId: string) => draft(stockCommit, { subject: orderId, data: { orderId, round: 1 } });

describe('a replay', () => {
  test('brings back what died, byte for byte, to a consumer that works now, and has its effect once', async () => {
    let broken = true;
    const effects: ReceivedMessage[] = [];
    const handler = on(orderCompleted, async (_data, message) => {
      if (broken) throw new PermanentError('broken today');
      await desk.database.transaction(async (trx) => {
        if (await firstTime(trx, queue, message.id)) effects.push(message);
      });
    });
    const consumer = desk.ratings.consume({ queue, handlers: [handler] });
    const message = completed();
    await desk.ratings.publish(message);
    await until(async () => expect(await desk.list({ q: message.id })).toHaveLength(1));
    const [letter] = await desk.list({ q: message.id });
    const id = letter?.id ?? '';
    broken = false;
    const accepted = await desk.replay(id, { note: 'ratings was deployed' }).expect(202);
    expect(accepted.body.history).toMatchObject([
      { by: desk.support, what: 'replayed', note: 'ratings was deployed' },
    ]);
    await until(async () => expect(await stateOf(id)).toBe('replayed'));
    await until(() => expect(effects).toHaveLength(1));
    expect(effects[0]).toMatchObject({ id: message.id, attempt: 1, data: message.data, source: 'ratings' });
    expect(codeOf((await desk.replay(id).expect(409)).body)).toBe('dead-letter-final');

    const { content, properties } = encode(message, 'ratings');
    await desk.injector.send('shop.replay', queue, content, properties);
    await until(async () => expect(await desk.injector.count(queue)).toBe(0));
    expect(effects).toHaveLength(1);
    await consumer.close();
  });

  test('that dies again is a new death beside the old one', async () => {
    const handler = on(orderCompleted, async () => {
      throw new PermanentError('still broken');
    });
    const consumer = desk.ratings.consume({ queue, handlers: [handler] });
    const message = completed();
    const first = await dead(queue, message);
    await desk.replay(first).expect(202);
    await until(async () => {
      const letters = await desk.list({ q: message.id });
      expect(letters.map((it) => [it.state, it.detail])).toEqual([
        ['dead', 'still broken'],
        ['replayed', 'no luck'],
      ]);
    });
    await consumer.close();
  });

  test('is asked for once, however often the request is sent', async () => {
    const id = await dead(queue, completed());
    const key = uuidv7();
    const [first, again] = [await desk.replay(id, {}, key), await desk.replay(id, {}, key)];
    expect([first.status, again.status]).toEqual([202, 202]);
    expect(again.body).toEqual(first.body);
    await until(async () => expect(await stateOf(id)).toBe('replayed'));
    expect(await desk.injector.count(queue)).toBe(1);
    expect((await desk.read(id)).history).toHaveLength(1);
  });
});

describe('is refused with the reason', () => {
  const refused = async (id: string) => {
    const { body } = await desk.replay(id).expect(409);
    expect(codeOf(body)).toBe('replay-refused');
    expect(await desk.read(id)).toMatchObject({ state: 'dead', history: [] });
    return body.detail;
  };

  test('a command for goods of an order that has ended, and of one that never was', async () => {
    const orderId = uuidv7();
    await sagaIs(orderId, 'CANCELLED', true);
    const id = await dead('catalogue.commands', commandFor(orderId));
    expect(await refused(id)).toMatch(/^The order has ended \(CANCELLED\)\. stock\.commit\.v1/);
    const unknown = await dead('catalogue.commands', commandFor(uuidv7()));
    expect(await refused(unknown)).toMatch(/^There is no such order/);
    expect(await desk.injector.count('catalogue.commands')).toBe(0);
  });

  test('a command for money of an order that is being undone', async () => {
    const orderId = uuidv7();
    await sagaIs(orderId, 'ATTENTION', true);
    const amount = { amountMinor: 1, currency: 'EUR' };
    const data = { orderId, round: 1, paymentId: uuidv7(), amount };
    const id = await dead('payment.commands', draft(paymentCapture, { subject: orderId, data }));
    expect(await refused(id)).toMatch(/being undone/);
  });

  test('but what gives back is let through', async () => {
    const orderId = uuidv7();
    await sagaIs(orderId, 'CANCELLED', true);
    const release = draft(stockRelease, { subject: orderId, data: { orderId, round: 1 } });
    const id = await dead('catalogue.commands', release);
    await desk.replay(id).expect(202);
    await until(async () => expect(await desk.injector.count('catalogue.commands')).toBe(1));
  });

  test('a message that would die at once, and one whose queue is gone', async () => {
    expect(await refused(await dead(queue, { ...completed(), type: 'order.completed.v2' }))).toMatch(
      /does not know order\.completed\.v2/,
    );
    expect(await refused(await dead(queue, { ...completed(), data: {} }))).toMatch(/does not fit/);
    expect(await refused(await dead('search.events', completed()))).toMatch(/search\.events does not exist/);
    const orphan = await dead('cart.events', completed());
    await desk.injector.channel.deleteQueue('cart.events');
    expect(await refused(orphan)).toMatch(/cart\.events does not exist/);
  });
});

describe('many', () => {
  const fill = async (messages: readonly OutgoingMessage[]) => {
    for (const message of messages) await desk.injector.die(queue, message);
    await until(async () => expect(await desk.list({ limit: 100 })).toHaveLength(messages.length));
  };

  test('are accepted at once and sent oldest first, no faster than asked', async () => {
    const arrived: { id: string; at: number }[] = [];
    const handler = on(orderCompleted, async (_data, { id }) => void arrived.push({ id, at: Date.now() }));
    const messages = Array.from({ length: 8 }, () => completed());
    await fill([...messages, { ...completed(), type: 'order.completed.v2' }]);
    const consumer = desk.ratings.consume({ queue, prefetch: 1, handlers: [handler] });
    const { body } = await desk.replayMany({ queue, limit: 100, perSecond: 5, note: 'all' }).expect(202);
    expect(arrived.length).toBeLessThan(8);
    const [odd] = await desk.list({ type: 'order.completed.v2' });
    expect(body).toEqual({ accepted: 8, refused: [{ id: odd?.id, reason: expect.any(String) }] });
    await until(async () => expect(await desk.list({ state: 'replayed' })).toHaveLength(8), 20_000);
    await until(() => expect(arrived).toHaveLength(8));
    expect(arrived.map((it) => it.id)).toEqual(messages.map((it) => it.id));
    expect((arrived.at(-1)?.at ?? 0) - (arrived[0]?.at ?? 0)).toBeGreaterThanOrEqual(7 * 200 - 100);
    await until(async () =>
      expect((await sql`select id from replay_runs`.execute(desk.database.db)).rows).toEqual([]),
    );
    await consumer.close();
  });

  test('are as many as asked for, of the queue and type asked for', async () => {
    await fill([completed(), completed(), completed()]);
    const elsewhere = await desk.replayMany({ queue: 'user.orders', limit: 10 }).expect(202);
    expect(elsewhere.body).toEqual({ accepted: 0, refused: [] });
    const { body } = await desk
      .replayMany({ type: 'order.completed.v1', limit: 2, perSecond: 100 })
      .expect(202);
    expect(body.accepted).toBe(2);
    await until(async () => expect(await desk.list({ state: 'replayed' })).toHaveLength(2));
    expect(await desk.list({ state: 'dead' })).toHaveLength(1);
    await desk.replayMany({ limit: 1001 }).expect(422);
    await desk.replayMany({ limit: 1, perSecond: 0 }).expect(422);
  });

  test('one whose order ends before its turn is not sent, and its history says so', async () => {
    const orders = [uuidv7(), uuidv7()];
    for (const orderId of orders) {
      await sagaIs(orderId, 'COMMITTING');
      await dead('catalogue.commands', commandFor(orderId));
    }
    const { body } = await desk.replayMany({ limit: 2, perSecond: 1 }).expect(202);
    expect(body.accepted).toBe(2);
    await sagaIs(orders[1] ?? '', 'CANCELLED');
    await until(async () => {
      const [second, first] = await desk.list();
      expect(first).toMatchObject({ state: 'replayed' });
      expect(second).toMatchObject({
        state: 'dead',
        history: [{ what: 'replayed' }, { by: 'dispatch', what: 'replay-failed', note: /ended/ }].map((it) =>
          expect.objectContaining('note' in it ? { ...it, note: expect.stringMatching(it.note) } : it),
        ),
      });
    });
    expect(await desk.injector.count('catalogue.commands')).toBe(1);
  });

  test('while one waits for its turn it is neither discarded nor accepted twice', async () => {
    await fill([completed(), completed()]);
    await desk.replayMany({ limit: 2, perSecond: 1 }).expect(202);
    const [waiting] = await desk.list();
    const id = waiting?.id ?? '';
    expect((await desk.discard(id).expect(409)).body.detail).toMatch(/being sent/);
    expect((await desk.replay(id).expect(202)).body.history).toHaveLength(1);
    expect((await desk.replayMany({ limit: 2 }).expect(202)).body.accepted).toBe(0);
    await until(async () => expect(await stateOf(id)).toBe('replayed'));
    expect(await desk.injector.count(queue)).toBe(2);
  });

  test('a thousand are accepted within a moment', async () => {
    const { content } = encode(completed(), 'test');
    await sql`insert into dead_letters (id, death, queue, type, message_id, reason, detail, state, died_at, bytes,
        content, properties, history)
      select uuid(), sha2(seq, 256), ${queue}, 'order.completed.v1', uuid(), 'permanent', 'd', 'dead',
        utc_timestamp(3), ${content.length}, ${content}, '{"headers":{}}', '[]'
      from (with recursive numbers as (select 1 as seq union all select seq + 1 from numbers where seq < 1000)
        select seq from numbers) as many`.execute(desk.database.db);
    const began = performance.now();
    const { body } = await desk.replayMany({ limit: 1000, perSecond: 100 }).expect(202);
    expect(body.accepted).toBe(1000);
    expect(performance.now() - began).toBeLessThan(10_000);
    await sql`update dead_letters set replay_run = null`.execute(desk.database.db);
  });
});
