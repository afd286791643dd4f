import type { Failpoint } from '../failpoint.ts';

const services = ['dispatch'] as const;
const root = 'services/dispatch/src';

/** From the order's transaction to the last letter. */
export const dispatch: readonly Failpoint[] = [
  {
    name: 'order-inserted-saga-not',
    services,
    file: `${root}/store/orders.ts`,
    anchor: 'const { orderId, state } = saga;',
    at: 'before',
  },
  {
    name: 'order-sent-key-not-answered',
    services,
    file: `${root}/store/orders.ts`,
    anchor: 'if (kept.ref) await keepAnswer(trx, kept.ref, withoutFollowToken(',
    at: 'before',
  },
  {
    name: 'order-committed-not-answered',
    services,
    file: `${root}/http/placing.ts`,
    anchor: 'const order = await place(deps, wanted, call, answer);',
    at: 'after',
  },
  {
    name: 'wish-committed-not-answered',
    services,
    file: `${root}/http/orders.ts`,
    anchor: 'deps.changed();',
    at: 'before',
  },
  {
    name: 'saga-written-order-not',
    services,
    file: `${root}/store/transitions.ts`,
    anchor: 'await writeSaga(trx, held, saga, now);',
    at: 'after',
  },
  {
    name: 'transition-written-not-committed',
    services,
    file: `${root}/store/transitions.ts`,
    anchor: 'return { order, saga, version: held.version + 1 };',
    at: 'before',
  },
  {
    name: 'transition-committed-not-acknowledged',
    services,
    file: `${root}/events/consumers.ts`,
    anchor: 'const about = { orderId: message.data.orderId,',
    at: 'before',
  },
  {
    name: 'timer-removed-not-fired',
    services,
    file: `${root}/store/timers.ts`,
    anchor: 'await removeTimer(trx, timer.order_id, name);',
    at: 'after',
  },
  {
    name: 'letter-noted-not-sent',
    services,
    file: `${root}/events/notifier.ts`,
    anchor: 'const delivery = await deps.mail.send({',
    at: 'before',
  },
  {
    name: 'letter-sent-not-settled',
    services,
    file: `${root}/events/notifier.ts`,
    anchor: 'await notifications.settle(key, delivery.state);',
    at: 'before',
  },
  {
    name: 'replay-sent-not-settled',
    services,
    file: `${root}/events/replay-loop.ts`,
    anchor: 'await replayQueue.settle(letter.id);',
    at: 'before',
  },
];
