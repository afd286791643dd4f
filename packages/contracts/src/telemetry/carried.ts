import { orderAttribute } from './attributes.ts';
import type { LogField } from './log-fields.ts';

/** What is known of a piece of work, as a log field and as a span attribute: on every line and span of it. */
export const carried = { orderId: orderAttribute } as const satisfies Partial<Record<LogField, string>>;
export type Known = { readonly [F in keyof typeof carried]?: string };

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const baggage = `${orderAttribute}=`;

/** What a message of the shop is about. */
export function knownOf({ type, subject, data }: { type: string; subject: string; data: unknown }): Known {
  if (type.startsWith('order.')) return { orderId: subject };
  const told: unknown =
    data !== null && typeof data === 'object' && 'orderId' in data ? data.orderId : undefined;
  return typeof told === 'string' ? { orderId: told } : {};
}

/** W3C baggage, by which services tell each other what a request is for; nothing else is put into it. */
export const toBaggage = ({ orderId }: Known): string | undefined =>
  orderId === undefined ? undefined : `${baggage}${orderId}`;
export function fromBaggage(header: string | undefined): Known {
  const entry = header?.split(',', 20).find((it) => it.trim().startsWith(baggage));
  const orderId = entry?.trim().slice(baggage.length);
  return orderId !== undefined && uuid.test(orderId) ? { orderId } : {};
}
