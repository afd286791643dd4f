import type { MessageDefinition } from '@shopstack/contracts/message';
import * as messages from '@shopstack/contracts/messages';

export type BrokerArguments = Readonly<Record<string, string | number | boolean>>;
export interface ExchangeSpec {
  name: string;
  type: 'topic' | 'fanout' | 'direct';
  arguments: BrokerArguments;
}
export interface QueueSpec {
  name: string;
  arguments: BrokerArguments;
  bindings: readonly { exchange: string; routingKey: string }[];
}
export interface Topology {
  exchanges: readonly ExchangeSpec[];
  queues: readonly QueueSpec[];
  /** Waits between the attempts at one message; the last one repeats. */
  delaysMs: readonly number[];
}

export const commands = 'shop.commands';
export const events = 'shop.events';
/** Where messages lie that no queue wanted. */
export const unrouted = 'shop.unrouted';
export const deadLetters = 'shop.dlx';
export const replay = 'shop.replay';
export const deadLetterQueue = 'dispatch.dead-letters';
export const delayExchange = (delayMs: number): string => `shop.delay.${delayMs}`;
export const exchangeFor = (kind: 'command' | 'event'): string => (kind === 'command' ? commands : events);

const m = messages;
/** Every consumer group of the shop and the messages it hears. The owner is the part before the first dot. */
export const subscriptions = {
  'catalogue.commands': [m.stockReserve, m.stockRenew, m.stockCommit, m.stockRelease, m.stockRestock],
  'catalogue.ratings': [m.ratingAggregateChanged],
  'cart.events': [m.orderPlaced, m.productDiscontinued, m.productPriceChanged],
  'payment.commands': [
    ...[m.paymentAuthorise, m.paymentCharge, m.paymentCapture, m.paymentVoid, m.paymentRefund],
  ],
  'shipping.commands': [m.shipmentHold, m.shipmentConfirm, m.shipmentCancel],
  'ratings.events': [m.orderCompleted],
  'user.orders': [...m.orderEvents],
  'dispatch.replies': [
    ...[m.stockReserved, m.stockRejected, m.stockCommitted, m.stockCommitRejected, m.stockReleased],
    ...[m.stockRestocked, m.stockLeaseExpired],
    ...[m.shipmentHeld, m.shipmentHoldRejected, m.shipmentConfirmed, m.shipmentCancelled],
    ...[
      m.shipmentCancelRejected,
      m.shipmentDispatched,
      m.shipmentInTransit,
      m.shipmentDelivered,
      m.shipmentLost,
    ],
    ...[m.paymentActionRequired, m.paymentAuthorised, m.paymentDeclined, m.paymentCaptured],
    ...[
      m.paymentCaptureFailed,
      m.paymentVoided,
      m.paymentVoidFailed,
      m.paymentRefunded,
      m.paymentRefundFailed,
      m.paymentExpired,
      m.paymentLateSuccess,
      m.paymentDisputed,
    ],
  ],
  'dispatch.notifications': [m.notificationSend],
} as const satisfies Record<string, readonly MessageDefinition[]>;

export type QueueName = keyof typeof subscriptions;

/** Events that nobody needs to hear yet: they reach `shop.unrouted` by design and are no dead letters. */
export const unheardEvents: readonly MessageDefinition[] = [
  ...[m.userRegistered, m.userUpdated],
  ...[m.productCreated, m.productUpdated, m.stockLevelChanged],
];

/** Every queue that hears this type, whatever its version. */
export const hearersOf = (type: string): string[] =>
  Object.entries<readonly MessageDefinition[]>(subscriptions)
    .filter(([, heard]) => heard.some((it) => withoutVersion(it.type) === withoutVersion(type)))
    .map(([queue]) => queue);
/** The type among `unheardEvents` that this one is a version of. */
export const unheardType = (type: string): string | undefined =>
  unheardEvents.map((it) => withoutVersion(it.type)).find((it) => it === withoutVersion(type));

const MiB = 1024 * 1024;
const DAY_MS = 86_400_000;

const quorum = (maxBytes: number, more: BrokerArguments): BrokerArguments => ({
  'x-queue-type': 'quorum',
  'x-max-length-bytes': maxBytes,
  ...more,
});
/** At-least-once dead-lettering is refused by the broker unless a full queue rejects publishers. */
const deadLettering = (exchange: string): BrokerArguments => ({
  'x-dead-letter-exchange': exchange,
  'x-dead-letter-strategy': 'at-least-once',
  'x-overflow': 'reject-publish',
});

const withoutVersion = (type: string): string => type.replace(/\.v\d+$/, '');

/** A consumer group's queue and the place where its dead letters stay. */
export function consumerQueues(name: string, heard: readonly MessageDefinition[]): QueueSpec[] {
  const bindings = heard.map(({ kind, type }) => ({
    exchange: exchangeFor(kind),
    // Any version: one we do not know yet must arrive, to be parked instead of lost.
    routingKey: `${withoutVersion(type)}.*`,
  }));
  return [
    {
      name,
      // Only crashes of the consumer count here: failures are republished with a delay.
      arguments: quorum(64 * MiB, {
        'x-delivery-limit': 30,
        ...deadLettering(deadLetters),
        'x-dead-letter-routing-key': name,
      }),
      bindings: [...bindings, { exchange: replay, routingKey: name }],
    },
    {
      name: `${name}.dlq`,
      arguments: quorum(16 * MiB, {
        'x-delivery-limit': 1_000_000,
        'x-overflow': 'drop-head',
        'x-message-ttl': 14 * DAY_MS,
      }),
      bindings: [{ exchange: deadLetters, routingKey: name }],
    },
  ];
}

const delayQueue = (delayMs: number): QueueSpec => ({
  name: delayExchange(delayMs),
  arguments: quorum(64 * MiB, {
    'x-delivery-limit': 1_000_000,
    'x-message-ttl': delayMs,
    // The routing key stays as it came: the name of the one queue that wants the message again.
    ...deadLettering(replay),
  }),
  bindings: [{ exchange: delayExchange(delayMs), routingKey: '#' }],
});

/** The whole shop on the broker, as data. Every limit is explicit: versions differ in their defaults. */
export function createTopology(options: { delaysMs?: readonly number[] } = {}): Topology {
  const delaysMs = options.delaysMs ?? [1000, 5000, 15_000, 60_000];
  const plain = (name: string, type: ExchangeSpec['type']): ExchangeSpec => ({ name, type, arguments: {} });
  const withAlternate = { 'alternate-exchange': unrouted };
  return {
    delaysMs,
    exchanges: [
      plain(unrouted, 'fanout'),
      { name: commands, type: 'topic', arguments: withAlternate },
      { name: events, type: 'topic', arguments: withAlternate },
      plain(deadLetters, 'topic'),
      plain(replay, 'direct'),
      ...delaysMs.map((delayMs) => plain(delayExchange(delayMs), 'topic')),
    ],
    queues: [
      {
        name: unrouted,
        arguments: quorum(16 * MiB, {
          'x-delivery-limit': 1_000_000,
          'x-overflow': 'drop-head',
          'x-message-ttl': 7 * DAY_MS,
        }),
        bindings: [{ exchange: unrouted, routingKey: '' }],
      },
      ...delaysMs.map(delayQueue),
      ...Object.entries(subscriptions).flatMap(([name, heard]) => consumerQueues(name, heard)),
      {
        name: deadLetterQueue,
        // Has no dead letters of its own; a full queue makes publishers wait instead of losing one.
        arguments: quorum(64 * MiB, { 'x-delivery-limit': 1_000_000, 'x-overflow': 'reject-publish' }),
        bindings: [{ exchange: deadLetters, routingKey: '#' }],
      },
    ],
  };
}

/** True for what everybody shares, false for what one service owns. */
export const isShared = (name: string): boolean => name.startsWith('shop.');
export const isOwnedBy = (service: string, queue: string): boolean => queue.startsWith(`${service}.`);
