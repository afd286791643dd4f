import { setTimeout as sleep } from 'node:timers/promises';
import { unrouted } from '@shopstack/bus/topology';
import type { Shop } from '@shopstack/stack/shop';
import { discardLetters } from './desk.ts';
import { publish } from './publication.ts';

/** Ends a fault; whatever it has left behind is put right. */
export type Heal = () => Promise<void>;
export interface Fault {
  /** For the table. */
  what: string;
  begin: (shop: Shop) => Promise<Heal>;
}

const LOOKS_EVERY_MS = 200;

/** Killed, and killed again each time the launcher brings it back. */
export const keptDown = (part: string): Fault => ({
  what: `${part} is killed and stays down`,
  begin: async (shop) => {
    const controller = new AbortController();
    const hold = async () => {
      while (!controller.signal.aborted) {
        const { pid } = shop.parts.find(({ name }) => name === part) ?? {};
        if (pid !== undefined) shop.kill(part, 'SIGKILL');
        await sleep(LOOKS_EVERY_MS);
      }
    };
    const holding = hold();
    return async () => {
      controller.abort();
      await holding;
    };
  },
});

/** It stands still with its connections open: nobody is told, everybody waits. */
export const frozen = (part: string, what = `${part} stands still`): Fault => ({
  what,
  begin: async (shop) => {
    shop.kill(part, 'SIGSTOP');
    return async () => shop.kill(part, 'SIGCONT');
  },
});

/** Bytes that no consumer can read lie in a queue, until a person discards the dead letter. */
export const poisoned = (queue: string): Fault => ({
  what: `a message in ${queue} that cannot be read`,
  begin: async (shop) => {
    await publish(shop, { exchange: '', routingKey: queue, content: '{"proof' });
    return () => discardLetters(shop, queue);
  },
});

/** A message of a kind that no queue wants. Dispatch keeps it as a dead letter, which a person discards. */
export const unheardOf = (exchange: string): Fault => ({
  what: `a message to ${exchange} that no queue wants`,
  begin: async (shop) => {
    await publish(shop, { exchange, routingKey: 'proof.unheard-of.v1', content: '{}' });
    return () => discardLetters(shop, unrouted);
  },
});
