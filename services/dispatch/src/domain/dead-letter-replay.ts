import { decode, faults } from '@shopstack/bus/message';
import { hearersOf, subscriptions, unrouted } from '@shopstack/bus/topology';
import type { MessageDefinition } from '@shopstack/contracts/message';

export interface Replayed {
  queue: string;
  content: Buffer;
  /** False when it was too large to be kept as a whole. */
  whole: boolean;
}
/** What must be known besides the letter. */
export interface Circumstances {
  /** Queues that the broker does not have. */
  absent: ReadonlySet<string>;
  /** The saga of the order it belongs to, if there is one. */
  order: { state: string; undoing: boolean } | undefined;
}
export type Verdict = { ok: true; queues: string[] } | { ok: false; reason: string };

/** They take goods, money or a place in a van. */
const forward =
  /^(stock\.(reserve|commit)|shipment\.(hold|confirm)|payment\.(authorise|charge|capture))\.v\d+$/;
const final = new Set(['COMPLETED', 'REJECTED', 'CANCELLED', 'EXPIRED', 'REFUNDED']);
const turned = new Set(['CANCELLING', 'REFUNDING']);

const heard = new Map<string, readonly MessageDefinition[]>(Object.entries(subscriptions));
const no = (reason: string): Verdict => ({ ok: false, reason });

/** Whether a replay could work and breaks no promise, and which queues it goes to. */
export function judgeReplay(letter: Replayed, { absent, order }: Circumstances): Verdict {
  if (!letter.whole) return no('It was too large to be kept as a whole.');
  const decoded = decode(letter.content, {}, letter.queue);
  if (!decoded.ok) return no(`It cannot be read: ${decoded.detail}`);
  const { type, data } = decoded.message;
  const queues = letter.queue === unrouted ? hearersOf(type) : [letter.queue];
  if (queues.length === 0) return no(`No queue hears ${type}.`);
  for (const queue of queues) {
    const definitions = absent.has(queue) ? undefined : heard.get(queue);
    if (!definitions) return no(`The queue ${queue} does not exist any more.`);
    const definition = definitions.find((it) => it.type === type);
    if (!definition) return no(`${queue} does not know ${type}; it would die again.`);
    const parsed = definition.data.safeParse(data);
    if (!parsed.success) return no(`It does not fit ${type}: ${faults(parsed.error)}`);
  }
  const harm = forward.test(type) ? harmTo(order) : undefined;
  return harm === undefined ? { ok: true, queues } : no(`${harm} ${type} must not be done for it.`);
}

function harmTo(order: Circumstances['order']): string | undefined {
  if (!order) return 'There is no such order.';
  if (final.has(order.state)) return `The order has ended (${order.state}).`;
  return order.undoing || turned.has(order.state) ? `The order is being undone (${order.state}).` : undefined;
}
