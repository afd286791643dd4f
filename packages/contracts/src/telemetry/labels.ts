import { OrderStatus, OrderStep } from '../order.ts';
import { problems } from '../problems.ts';

/** What a label says when its value is not one that was foreseen. */
export const OTHER = 'other';
/** A longer list of values is not bounded in the sense of a time series database. */
export const MOST_VALUES = 250;

const methods: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
export const method = { values: methods } as const;
export const route = {
  most: 100,
  from: 'path templates of the contracts, `operations` and `unmatched`',
} as const;
export const status = {
  most: 60,
  from: 'HTTP statuses that we answer, and 499 for a caller who left',
} as const;
export const peer = { most: 50, from: 'names of the clients in the code' } as const;
export const queue = { most: 40, from: 'queues of the topology' } as const;
export const messageType = { most: 150, from: 'message types of the contracts' } as const;
export const source = { most: 10, from: 'schemas and collections with an outbox' } as const;
export const pool = { most: 10, from: 'pools that this process opened' } as const;
export const dependency = { most: 10, from: 'what the health of a service looks at' } as const;
export const currency = { most: 5, from: 'SHOP_CURRENCY and what it was before' } as const;
export const problem = { values: Object.keys(problems) } as const;
export const orderStatus = { values: OrderStatus.options } as const;
export const orderStep = { values: OrderStep.options } as const;
export const sagaState = { most: 20, from: "states of dispatch's saga" } as const;
