import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { OrderStatus } from '@shopstack/contracts/order';

/** One request of a client and what came of it. */
export interface Call {
  type: 'call';
  /** When it was sent and when it was over, in ms since 1970. */
  at: number;
  endedAt: number;
  by: string;
  method: string;
  path: string;
  /** Absent when nobody answered. */
  status?: number;
  /** Why nobody answered. */
  error?: 'timeout' | 'connection';
  /** The code of the problem in the answer. */
  problem?: string;
  retryAfter?: string;
  /** The Idempotency-Key that was sent. */
  key?: string;
  /** The id in the answer. */
  id?: string;
  /** A stack trace or a driver's message was in the answer. */
  leak?: string;
}
/** What somebody saw of an order, by asking for it or on its live stream: two ways that may overtake each other. */
export interface SeenStatus {
  type: 'status';
  at: number;
  order: string;
  via: 'asking' | 'listening';
  status: OrderStatus;
  version: number;
  reason?: string;
}
export type Event =
  | Call
  /** An order is about to be placed for this cart as it was then. */
  | { type: 'placing'; at: number; by: string; key: string; cart: string }
  | { type: 'placed'; at: number; by: string; order: string }
  | SeenStatus
  /** The shopper was told so and left. */
  | { type: 'refused'; at: number; by: string; why: string }
  | { type: 'gave-up'; at: number; by: string; doing: string }
  /** A cart's only writer wants this quantity; `known` once it has been acknowledged. */
  | { type: 'cart-write'; at: number; cart: string; quantity: number }
  | { type: 'cart-known'; at: number; cart: string; quantity: number }
  | { type: 'cart-read'; at: number; cart: string; quantity: number }
  | { type: 'cart-loss-allowed'; at: number }
  | { type: 'fault-begin'; at: number; number: number; name: string; target: string; note?: string }
  | { type: 'fault-end'; at: number; number: number; name: string; target: string; note?: string }
  /** A part left or reached the state in which it serves. */
  | { type: 'part'; at: number; part: string; up: boolean }
  | { type: 'finding'; at: number; promise: string; id: string; detail: string };

export interface History {
  add(event: Event): void;
  /** Told of every event from now on. */
  listen(listener: (event: Event) => void): void;
  /** Resolves when everything is on disk. */
  close(): Promise<void>;
}

/** Writes every event to a file of JSON lines and tells the listeners, in the order in which things ended. */
export function openHistory(file: string): History {
  mkdirSync(dirname(file), { recursive: true });
  const stream = createWriteStream(file);
  const listeners: ((event: Event) => void)[] = [];
  return {
    add: (event) => {
      stream.write(`${JSON.stringify(event)}\n`);
      for (const listener of listeners) listener(event);
    },
    listen: (listener) => listeners.push(listener),
    close: () =>
      new Promise((resolve, reject) => {
        stream.once('error', reject);
        stream.end(resolve);
      }),
  };
}
