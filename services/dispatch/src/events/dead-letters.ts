import type { Bus, DeadLetter } from '@shopstack/bus/connection';
import { BusAway } from '@shopstack/bus/errors';
import { subscriptions, unheardType } from '@shopstack/bus/topology';
import type { Logger } from '@shopstack/kit/log';
import { counter } from '@shopstack/kit/metrics';
import { describe } from '../domain/dead-letter.ts';
import type { DeadLetterStore } from '../store/dead-letters.ts';

interface Deps {
  deadLetters: Pick<DeadLetterStore, 'keep'>;
  log: Logger;
  /** False while our own store is away: letters then stay where they are. */
  ready: () => Promise<boolean>;
}
const kept = counter('shop_dead_letters_total');
const unrouted = counter('shop_unrouted_total');

const queues = new Set<string>([...Object.keys(subscriptions), 'shop.unrouted']);
const reasons = new Set([
  ...['malformed', 'unknown-type', 'permanent', 'attempts-exhausted', 'delivery_limit'],
  ...['maxlen', 'expired', 'rejected', 'unroutable'],
]);
/** Names come with the messages: what is not ours must not become a label of its own. */
export const queueLabel = (queue: string): string => (queues.has(queue) ? queue : 'other');
const reasonLabel = (reason: string): string => (reasons.has(reason) ? reason : 'other');

/** Every dead letter becomes a row before it is acknowledged, and every message that no queue wanted. */
export function consumeDeadLetters(bus: Bus, deps: Deps) {
  const { ready } = deps;
  const keep = (letter: DeadLetter) => keepLetter(letter, deps);
  const consumers = [
    bus.consumeDeadLetters({ ready, handle: keep }),
    bus.consumeUnrouted({
      ready,
      handle: async (letter) => {
        const expected = unheardType(describe(letter).type);
        if (expected === undefined) await keep(letter);
        unrouted.inc({ type: expected ?? 'unexpected' });
      },
    }),
  ];
  return { close: () => Promise.all(consumers.map((it) => it.close())) };
}

async function keepLetter(letter: DeadLetter, { deadLetters, log }: Deps): Promise<void> {
  const { queue, reason } = letter;
  const about = { queue, reason, ...describe(letter) };
  if (!(await deadLetters.keep(letter))) return log.debug(about, 'a dead letter came again');
  kept.inc({ queue: queueLabel(queue), reason: reasonLabel(reason) });
  log.warn(about, 'dead letter kept');
}

/** Queues of the shop that the broker does not have; none while nobody can tell. */
export async function absentQueues(bus: Pick<Bus, 'absentQueues'>): Promise<ReadonlySet<string>> {
  try {
    return new Set(await bus.absentQueues(Object.keys(subscriptions)));
  } catch (error) {
    if (error instanceof BusAway) return new Set();
    throw error;
  }
}
