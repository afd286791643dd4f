import type { MessageDefinition } from '@shopstack/contracts/message';
import * as messages from '@shopstack/contracts/messages';
import { z } from 'zod';
import { ATTEMPTS } from './settlement.ts';
import { exchangeFor, subscriptions } from './topology.ts';

export type Json = Record<string, unknown>;

const isMessage = (it: unknown): it is MessageDefinition =>
  typeof it === 'object' && it !== null && 'type' in it && 'kind' in it && 'data' in it;

/** Every message of the contracts, by type. */
export const allMessages: readonly MessageDefinition[] = Object.values<unknown>(messages)
  .filter(isMessage)
  .toSorted((a, b) => a.type.localeCompare(b.type));

const owners: Readonly<Record<string, string>> = {
  stock: 'catalogue',
  product: 'catalogue',
  shipment: 'shipping',
  payment: 'payment',
  rating: 'ratings',
  user: 'user',
};
/** The service that sends it: commands come from dispatch, facts from the owner of what they are about. */
export const senderOf = ({ kind, type }: MessageDefinition): string =>
  kind === 'command' ? 'dispatch' : (owners[type.split('.')[0] ?? ''] ?? 'dispatch');

/** The queues that hear it; their owner is the part before the first dot. */
export const queuesOf = ({ type }: MessageDefinition): string[] =>
  Object.entries(subscriptions)
    .filter(([, heard]) => heard.some((it) => it.type === type))
    .map(([queue]) => queue);

/** JSON Schema of a message's data as it is sent. */
export function dataSchema({ data }: MessageDefinition): Json {
  const { $schema: _, ...schema } = z.toJSONSchema(data, { io: 'output', unrepresentable: 'any' });
  return schema;
}

const ref = (...path: string[]) => ({ $ref: `#/${path.join('/')}` });

/** Messages that carry the same data show it once, under the name of the first of them. */
const alike = [...Map.groupBy(allMessages, ({ data }) => data).values()].filter(({ length }) => length > 1);
const nameOf = ([first]: readonly MessageDefinition[]) => `DataOf.${first?.type}`;
function sharedData(it: MessageDefinition): Json | undefined {
  const group = alike.find((messages) => messages.includes(it));
  return group && ref('components', 'schemas', nameOf(group));
}

function messageObject(it: MessageDefinition): Json {
  return {
    name: it.type,
    title: it.summary,
    contentType: 'application/cloudevents+json',
    correlationId: { location: '$message.header#/correlationId' },
    headers: ref('components', 'schemas', 'Headers'),
    payload: {
      allOf: [
        ref('components', 'schemas', 'Envelope'),
        {
          type: 'object',
          properties: { type: { const: it.type }, data: sharedData(it) ?? dataSchema(it) },
          required: ['type', 'data'],
        },
      ],
    },
  };
}

const envelope: Json = {
  type: 'object',
  description: 'CloudEvents 1.0; `subject` is the business key, the order in a saga',
  properties: {
    specversion: { const: '1.0' },
    id: { type: 'string', format: 'uuid' },
    source: { type: 'string' },
    type: { type: 'string' },
    subject: { type: 'string' },
    time: { type: 'string', format: 'date-time' },
    datacontenttype: { const: 'application/json' },
  },
  required: ['specversion', 'id', 'source', 'type', 'subject', 'time', 'datacontenttype', 'data'],
};
const headers: Json = {
  type: 'object',
  properties: {
    traceparent: { type: 'string', description: 'W3C trace context of whoever wrote the message' },
    causationId: { type: 'string', description: 'The message that led to this one' },
    attempt: { type: 'integer', description: `1 to ${ATTEMPTS}; counted by the consumer` },
  },
};

const exchangeChannel = (kind: 'command' | 'event', version: readonly MessageDefinition[]): Json => ({
  address: exchangeFor(kind),
  description: kind === 'command' ? 'To one service' : 'To whoever listens',
  messages: Object.fromEntries(version.map(({ type }) => [type, ref('components', 'messages', type)])),
  bindings: {
    amqp: { is: 'routingKey', exchange: { name: exchangeFor(kind), type: 'topic', durable: true } },
  },
});

const queueChannel = (queue: string, heard: readonly MessageDefinition[]): Json => ({
  address: queue,
  messages: Object.fromEntries(heard.map(({ type }) => [type, ref('components', 'messages', type)])),
  bindings: {
    amqp: { is: 'queue', queue: { name: queue, durable: true, exclusive: false, autoDelete: false } },
  },
});

function sendOperations(): [string, Json][] {
  const senders = Map.groupBy(allMessages, (it) => `${senderOf(it)} ${it.kind}`);
  return [...senders].map(([key, sent]) => {
    const [service = '', kind = ''] = key.split(' ');
    const channel = kind === 'command' ? 'commands' : 'events';
    return [
      `${service}-sends-${channel}`,
      {
        action: 'send',
        channel: ref('channels', channel),
        messages: sent.map(({ type }) => ref('channels', channel, 'messages', type)),
        bindings: { amqp: { deliveryMode: 2, mandatory: true } },
      },
    ];
  });
}

const receiveOperations = (): [string, Json][] =>
  Object.keys(subscriptions).map((queue) => [
    `${queue}-receives`,
    { action: 'receive', channel: ref('channels', queue), bindings: { amqp: { ack: true } } },
  ]);

/** AsyncAPI 3 of everything that travels on the broker, from the schemas that check it. */
export function asyncApi(version: string): Json {
  const byKind = (kind: string) => allMessages.filter((it) => it.kind === kind);
  return {
    asyncapi: '3.0.0',
    info: { title: 'ShopStack messages', version, license: { name: 'MIT' } },
    defaultContentType: 'application/cloudevents+json',
    servers: { broker: { host: 'rabbitmq:5672', pathname: '/shop', protocol: 'amqp' } },
    channels: {
      commands: exchangeChannel('command', byKind('command')),
      events: exchangeChannel('event', byKind('event')),
      ...Object.fromEntries(Object.entries(subscriptions).map(([q, heard]) => [q, queueChannel(q, heard)])),
    },
    operations: Object.fromEntries([...sendOperations(), ...receiveOperations()]),
    components: {
      messages: Object.fromEntries(allMessages.map((it) => [it.type, messageObject(it)])),
      schemas: {
        Envelope: envelope,
        Headers: headers,
        ...Object.fromEntries(
          alike.flatMap((group) => group.slice(0, 1).map((it) => [nameOf(group), dataSchema(it)])),
        ),
      },
    },
  };
}
