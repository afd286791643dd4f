import type { Failpoint } from '../failpoint.ts';

const everyone = ['user', 'catalogue', 'cart', 'payment', 'shipping', 'ratings', 'dispatch'] as const;
const withMysqlOutbox = ['payment', 'shipping', 'ratings', 'dispatch'] as const;
const withMongoOutbox = ['catalogue', 'user'] as const;
const withKeys = ['dispatch', 'payment', 'catalogue'] as const;
const delivery = 'packages/bus/src/delivery.ts';
const mysqlRelay = 'packages/bus/src/mysql-relay.ts';

/** Between the effects of the shared packages: the bus, its relays, the keys of requests. */
export const platform: readonly Failpoint[] = [
  {
    name: 'message-taken-not-handled',
    services: everyone,
    file: delivery,
    anchor: 'const outcome = await inTrace(traceparent, () =>',
    at: 'before',
  },
  {
    name: 'message-handled-not-acknowledged',
    services: everyone,
    file: delivery,
    anchor: "if (outcome.result === 'done') return finish('done');",
    at: 'before',
  },
  {
    name: 'retry-published-not-acknowledged',
    services: everyone,
    file: delivery,
    anchor: "finish('retried');",
    at: 'before',
  },
  {
    name: 'dead-letter-published-not-acknowledged',
    services: everyone,
    file: delivery,
    anchor: "finish('dead');",
    at: 'before',
  },
  {
    name: 'dead-letter-kept-not-acknowledged',
    services: ['dispatch'],
    file: delivery,
    anchor: 'await handle(letter);',
    at: 'after',
  },
  {
    name: 'outbox-read-not-published',
    services: withMysqlOutbox,
    file: mysqlRelay,
    anchor: 'const done = await publishLanes(batch, bus, backoff,',
    at: 'before',
  },
  {
    name: 'outbox-published-not-marked',
    services: withMysqlOutbox,
    file: mysqlRelay,
    anchor: 'if (done.length > 0) {',
    at: 'after',
  },
  {
    name: 'outgoing-published-not-pulled',
    services: withMongoOutbox,
    file: 'packages/bus/src/mongo.ts',
    anchor: 'await collection.updateOne({ _id: first.id }, update, durable);',
    at: 'before',
  },
  {
    name: 'key-claimed-not-worked',
    services: withKeys,
    file: 'packages/kit/src/replay.ts',
    anchor: "if (claim.state === 'answered') return claim.answer;",
    at: 'after',
  },
  {
    name: 'request-done-key-not-answered',
    services: withKeys,
    file: 'packages/kit/src/replay.ts',
    anchor: 'const made = await answer(claim.ref);',
    at: 'after',
  },
];
