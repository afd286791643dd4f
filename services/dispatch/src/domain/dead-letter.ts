import type { DeadLetter } from '@shopstack/bus/dead-letter';
import type { DeadLetterView } from '@shopstack/contracts/operations-desk';
import { z } from 'zod';

/** What somebody did with a dead letter. */
export type Deed = DeadLetterView['history'][number];

/** A dead letter as it is kept, without its bytes. */
export interface DeadLetterRecord extends Omit<DeadLetterView, 'history'> {
  history: Deed[];
}

const text = z.string().optional().catch(undefined);
/** Whatever of our envelope can be found in something that may be anything. */
const Told = z
  .object({
    ...{ id: text, type: text, subject: text },
    data: z.object({ orderId: text }).catch({ orderId: undefined }),
  })
  .catch({ id: undefined, type: undefined, subject: undefined, data: { orderId: undefined } });

const aboutOrders = /^(order|stock|shipment|payment|notification)\./;
const idOf = (text: string | undefined): string | undefined =>
  z.uuid().safeParse(text).success ? text?.toLowerCase() : undefined;

/** What a letter is about, as far as anything in it can be read. */
export function describe(letter: Pick<DeadLetter, 'content' | 'properties' | 'routingKey' | 'queue'>) {
  const { properties, routingKey, queue } = letter;
  const told = Told.parse(parseJson(letter.content));
  const type = properties.type ?? told.type ?? (routingKey === queue ? 'unknown' : routingKey);
  const subject = aboutOrders.test(type) ? (told.subject ?? properties.correlationId) : undefined;
  return {
    type,
    messageId: properties.messageId ?? told.id ?? '',
    orderId: idOf(told.data.orderId) ?? idOf(subject),
  };
}

function parseJson(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** The bytes for a person to read. What a browser got to pay with is nobody's to see. */
export const bodyText = (content: Buffer): string =>
  content.toString('utf8').replaceAll(/("token"\s*:\s*)"(?:[^"\\]|\\.)*"/g, '$1"(hidden)"');
