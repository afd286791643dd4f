import type { Sabotage } from '../sabotage.ts';

const cart = 'services/cart/src/http/cart.ts';
const carts = 'services/cart/src/store/carts.ts';

/** Requests that count twice, are answered differently or not honestly. */
export const requests: readonly Sabotage[] = [
  {
    name: 'key-without-answer',
    mistake: 'The key of a request is kept, its answer only after the transaction.',
    service: 'dispatch',
    changes: [
      {
        file: 'services/dispatch/src/store/orders.ts',
        find: 'if (kept.ref) await keepAnswer(trx, kept.ref, withoutFollowToken(kept.answer(order)));',
        replace: '',
      },
    ],
    breaks: ['I7'],
    faultsNeeded: [{ fault: 'failpoint', target: 'dispatch.order-committed-not-answered' }],
    buyersNeeded: ['repeats-after-no-answer'],
  },
  {
    name: 'key-ignored',
    mistake: 'A repeated request is worked again instead of being answered as before.',
    service: 'dispatch',
    changes: [
      {
        file: 'packages/kit/src/replay.ts',
        find: 'const claim = await store.claim({ scope, key, bodyHash });',
        replace: 'const claim = await store.claim({ scope, key: crypto.randomUUID(), bodyHash });',
      },
    ],
    breaks: ['I7'],
    faultsNeeded: [],
    buyersNeeded: ['double-click'],
  },
  {
    name: 'cart-forgets-requests',
    mistake: 'The cart does not know a request that comes again and adds the goods twice.',
    service: 'cart',
    changes: [
      {
        file: cart,
        find: 'return { id: hashBody(key).slice(0, 32),',
        replace: 'return { id: uuidv7(),',
      },
    ],
    breaks: ['I7'],
    faultsNeeded: [],
    buyersNeeded: ['double-click'],
  },
  {
    name: 'cart-ignores-versions',
    mistake: 'A change made for an old version of the cart overwrites the newer one.',
    service: 'cart',
    changes: [{ file: cart, find: 'expectedVersion: expectedVersion(call.ifMatch),', replace: '' }],
    breaks: ['I10'],
    faultsNeeded: [],
    buyersNeeded: ['two-tabs'],
  },
  {
    name: 'cart-pretends',
    mistake: 'A cart that cannot be reached is answered as an empty one.',
    service: 'cart',
    changes: [
      {
        file: carts,
        find: 'await reached(redis.hgetall(keyOf(id)));',
        replace: 'await reached(redis.hgetall(keyOf(id))).catch(() => ({}));',
      },
      {
        file: carts,
        find: "await reached(redis.hget(keyOf(holderId), 'r'))",
        replace: "await reached(redis.hget(keyOf(holderId), 'r')).catch(() => '')",
      },
      {
        file: cart,
        find: `expectedVersion: expectedVersion(call.ifMatch),
  });`,
        replace: `expectedVersion: expectedVersion(call.ifMatch),
  }).catch(() => ({ record: nothing, capped: [] }));`,
      },
    ],
    breaks: ['I10', 'I13'],
    faultsNeeded: [{ fault: 'partition', target: 'cart-redis' }],
    buyersNeeded: [],
  },
];
