import type { Fault } from '../facts.ts';

export interface WaitingMessage {
  /** The outbox it waits in. */
  place: string;
  id: string;
  type: string;
  createdAt: number;
}
/** A message waits in its outbox no longer than the grace. */
export function judgeWaiting(waiting: readonly WaitingMessage[], settledBefore: number): Fault[] {
  return waiting
    .filter(({ createdAt }) => createdAt <= settledBefore)
    .map(({ id, type, place, createdAt }) => ({
      id,
      detail: `${type} waits in ${place} since ${new Date(createdAt).toISOString()}`,
    }));
}

/** A letter that dispatch wrote down and nobody has dealt with. */
export interface DeadLetter {
  id: string;
  queue: string;
  type: string;
  messageId: string;
  reason: string;
}
export const judgeDeadLetters = (letters: readonly DeadLetter[]): Fault[] =>
  letters.map(({ id, queue, type, reason }) => ({
    id,
    detail: `${type || 'a message'} died in ${queue}: ${reason}`,
  }));

/** What a queue held each time it was looked at; undefined when it does not exist. */
export interface QueueLooks {
  queue: string;
  messages: readonly (number | undefined)[];
}
export interface QueueRules {
  /** How many messages the orders under way explain. */
  allowed: number;
  /** Queues of which dispatch wrote dead letters down. */
  written: ReadonlySet<string>;
}
const DEAD_LETTERS = '.dlq';

/** Whether its messages stay where they are for two weeks, whatever becomes of them. */
const isDeadLetterQueue = (queue: string): boolean => queue.endsWith(DEAD_LETTERS);

/** Queues hold what is under way and get shorter; what died is written down. */
export function judgeQueue({ queue, messages }: QueueLooks, { allowed, written }: QueueRules): Fault[] {
  if (messages.includes(undefined)) return [{ id: queue, detail: 'there is no such queue' }];
  const counts = messages.map((it) => it ?? 0);
  const [first = 0] = counts;
  const last = counts.at(-1) ?? 0;
  const least = Math.min(...counts);
  if (isDeadLetterQueue(queue)) {
    const isWritten = written.has(queue.slice(0, -DEAD_LETTERS.length));
    return least > 0 && !isWritten
      ? [{ id: queue, detail: `${last} dead letters that nobody wrote down` }]
      : [];
  }
  const isStuck = least > allowed && last >= first;
  return isStuck ? [{ id: queue, detail: `${last} messages, and they do not get fewer` }] : [];
}
