import { subscriptions } from '@shopstack/bus/topology';
import type { Fault } from '../facts.ts';
import { judgeDeadLetters, judgeQueue, judgeWaiting } from '../promises/messages.ts';
import type { Audit } from '../undertaking.ts';

/** The lengths of all queues, each time they were looked at. */
export type MessageLooks = Map<string, number | undefined>[];

/** More outbox rows than this are not looked at: one is enough to know. */
const MOST_WAITING = 1000;
/** How many messages an order under way may have waiting; its whole way is about thirty. */
const PER_MOVING_ORDER = 20;
const LOOK_AGAIN_MS = 10_000;
const LOOK_EVERY_MS = 1000;

/** Looks at outboxes, dead letters and queues; where something waits, again and again for ten seconds. */
export async function lookAtMessages(audit: Audit, looks: MessageLooks, moving: number): Promise<void> {
  const { stores, tally, options } = audit;
  const letters = await stores.deadLetters.dead(MOST_WAITING);
  const unknown = letters.filter((it) => options.isKnownDeadLetter?.(it) !== true);
  tally.add('I8', letters.length, judgeDeadLetters(unknown));

  const until = Date.now() + LOOK_AGAIN_MS;
  let outboxes = await lookAtOutboxes(audit);
  const { checked } = outboxes;
  let stuck = await lookAtQueues(audit, looks, moving);
  while (outboxes.faults.length + stuck.length > 0 && Date.now() < until) {
    await stores.wait(LOOK_EVERY_MS);
    const before = new Set(outboxes.faults.map(({ id }) => id));
    outboxes = await lookAtOutboxes(audit);
    outboxes.faults = outboxes.faults.filter(({ id }) => before.has(id));
    stuck = await lookAtQueues(audit, looks, moving);
  }
  tally.add('I8', checked + (looks[0]?.size ?? 0), [...outboxes.faults, ...stuck]);
}

async function lookAtOutboxes({ stores, moment }: Audit): Promise<{ checked: number; faults: Fault[] }> {
  const { places, waiting } = await stores.outboxes(MOST_WAITING);
  return { checked: places + waiting.length, faults: judgeWaiting(waiting, moment.settledBefore) };
}

async function lookAtQueues(
  { stores, moment }: Audit,
  looks: MessageLooks,
  moving: number,
): Promise<Fault[]> {
  looks.push(await stores.queues());
  const written = await stores.deadLetters.written(Object.keys(subscriptions));
  const allowed = moment.atRest ? 0 : PER_MOVING_ORDER * moving;
  return queuesOf(looks).flatMap((it) => judgeQueue(it, { allowed, written }));
}

const queuesOf = (looks: MessageLooks) =>
  [...(looks[0]?.keys() ?? [])].map((queue) => ({ queue, messages: looks.map((it) => it.get(queue)) }));
