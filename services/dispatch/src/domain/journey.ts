import type { JourneyEntry } from '@shopstack/contracts/operations-desk';
import type { z } from 'zod';
import type { CommandName } from './saga/messages.ts';
import type { Effect, Input, Saga } from './saga/saga.ts';

export type Entry = Omit<z.infer<typeof JourneyEntry>, 'at'>;
/** Why a transition happened. */
export interface Cause {
  input: Input;
  /** The message that told something. */
  heard?: { messageId: string; causationId?: string | undefined };
  /** The person who wanted something, and what they said about it. */
  person?: { by: string; note?: string | undefined };
}
interface Sent {
  effect: Effect;
  message: { id: string; type: string; causationId?: string | undefined; traceparent?: string | undefined };
}

/** How many re-sends in a row are told one by one; of later ones every tenth is, so that a journey stays readable. */
const TOLD_RESENDS = 10;
const isTold = (input: Input, { resends }: Saga): boolean =>
  input.kind !== 'timer' || input.timer !== 'resend' || resends <= TOLD_RESENDS || resends % 10 === 0;

/** What a transition adds to the journey of an order, in the order in which it follows. */
export function entriesOf(it: { before: Saga; after: Saga; cause: Cause; told: readonly Sent[] }): Entry[] {
  const { before, after, cause, told } = it;
  if (!isTold(cause.input, after)) return [];
  const steps = after.view.steps.slice(before.view.steps.length);
  return [
    beginning(it),
    ...steps.map(({ step }): Entry => ({ kind: 'step', name: step })),
    ...told.map(entryOf),
  ];
}

/** The first entries of an order. */
export const firstEntries = (told: readonly Sent[]): Entry[] => [
  { kind: 'person', name: 'placed' },
  { kind: 'step', name: 'placed' },
  ...told.map(entryOf),
];

function beginning({ before, after, cause }: { before: Saga; after: Saga; cause: Cause }): Entry {
  const { input, heard, person } = cause;
  const moved = before.state === after.state ? undefined : `${before.state} → ${after.state}`;
  const detail = (...parts: (string | undefined)[]) => {
    const text = [...parts, moved].filter((part) => part !== undefined).join(' · ');
    return text === '' ? {} : { detail: text.slice(0, 500) };
  };
  switch (input.kind) {
    case 'message':
      return { kind: 'heard', name: input.message.type, ...detail(factsOf(input.message.data)), ...heard };
    case 'timer':
      return { kind: 'timer', name: input.timer, ...detail(input.state) };
    case 'give-back':
      return {
        kind: 'person',
        name: input.refund.kind,
        ...detail(person?.by, amountOf(input), person?.note),
      };
    default:
      return { kind: 'person', name: input.kind, ...detail(person?.by, person?.note) };
  }
}

const amountOf = ({ refund }: Extract<Input, { kind: 'give-back' }>): string =>
  `${refund.amount.amountMinor} ${refund.amount.currency}`;

/** What a message says beside ids; never a name or an address. */
function factsOf(data: object): string | undefined {
  const told = new Map(Object.entries(data));
  const words = ['round', 'final', 'state', 'reason', 'refundId', 'key'].flatMap((name) => {
    const value: unknown = told.get(name);
    return value === undefined || value === 1 ? [] : [`${name} ${String(value)}`];
  });
  return words.length === 0 ? undefined : words.join(', ');
}

const undos: readonly CommandName[] = [
  'stock.release',
  'stock.restock',
  'shipment.cancel',
  'payment.void',
  'payment.refund',
];

function entryOf({ effect, message }: Sent): Entry {
  const traceId = message.traceparent?.split('-')[1];
  const ids = {
    messageId: message.id,
    ...(message.causationId === undefined ? {} : { causationId: message.causationId }),
    ...(traceId === undefined ? {} : { traceId }),
  };
  switch (effect.kind) {
    case 'status':
      return { kind: 'status', name: effect.status, detail: message.type, ...ids };
    case 'send':
      return { kind: kindOf(effect), name: message.type, ...roundOf(effect), ...ids };
    case 'notify':
      return { kind: 'sent', name: message.type, detail: effect.template, ...ids };
    default:
      return { kind: 'sent', name: message.type, ...ids };
  }
}

type Sending = Extract<Effect, { kind: 'send' }>;
function kindOf({ again, part, command }: Sending): Entry['kind'] {
  if (again) return 'resent';
  return part === undefined && undos.includes(command) ? 'undone' : 'sent';
}
const roundOf = ({ round, part }: Sending): { detail?: string } => {
  const words = [...(part === undefined ? [] : [`part ${part}`]), ...(round > 1 ? [`round ${round}`] : [])];
  return words.length === 0 ? {} : { detail: words.join(', ') };
};
