import type { ConsumeMessage, Options } from 'amqplib';
import type { Packet } from './publisher.ts';
import { deadLetters, delayExchange, replay } from './topology.ts';

/** A message is tried this often before it becomes a dead letter. */
export const ATTEMPTS = 6;

/** A message that was given up, as operators see it: enough to replay it as it was. */
export interface DeadLetter {
  /** The queue it died in, where a replay goes. */
  queue: string;
  reason: string;
  detail: string;
  /** RFC 3339 in UTC. */
  at: string;
  content: Buffer;
  /** Original AMQP properties without the broker's bookkeeping; plain JSON. */
  properties: Options.Publish;
}

/** The bookkeeping of earlier deaths makes the broker drop a message as a cycle, so it never travels on. */
const bookkeeping = /^x-(death|first-death-|last-death-|delivery-count|shop-|acquired-count|opt-)/;

/** Properties to send a received message on with; headers of the broker and of dead-lettering are left behind. */
export function carriedProperties(message: Pick<ConsumeMessage, 'properties'>): Options.Publish {
  const it = message.properties;
  const headers = Object.entries(it.headers ?? {}).filter(([name]) => !bookkeeping.test(name));
  const kept = Object.entries({
    contentType: it.contentType,
    contentEncoding: it.contentEncoding,
    correlationId: it.correlationId,
    messageId: it.messageId,
    timestamp: it.timestamp,
    type: it.type,
    appId: it.appId,
  }).filter(([, value]) => value !== undefined && value !== null);
  return { ...Object.fromEntries(kept), headers: Object.fromEntries(headers) };
}

/** The wait after this attempt: the ladder's last rung repeats. */
export const delayAfter = (attempt: number, delaysMs: readonly number[]): number =>
  delaysMs[Math.min(attempt, delaysMs.length) - 1] ?? 1000;

export function retryPacket(
  message: ConsumeMessage,
  to: { queue: string; attempt: number; delayMs: number },
): Packet {
  const properties = carriedProperties(message);
  return {
    exchange: delayExchange(to.delayMs),
    routingKey: to.queue,
    content: message.content,
    properties: { ...properties, headers: { ...properties.headers, attempt: to.attempt } },
  };
}

export function deadLetterPacket(
  message: ConsumeMessage,
  death: { queue: string; reason: string; detail: string },
): Packet {
  const properties = carriedProperties(message);
  const headers = {
    ...properties.headers,
    'x-shop-queue': death.queue,
    'x-shop-reason': death.reason,
    'x-shop-detail': death.detail.slice(0, 500),
    'x-shop-at': new Date().toISOString(),
  };
  return {
    exchange: deadLetters,
    routingKey: death.queue,
    content: message.content,
    properties: { ...properties, headers },
  };
}

/** The original bytes and message id to the original queue, as a first attempt. */
export function replayPacket(letter: Pick<DeadLetter, 'queue' | 'content' | 'properties'>): Packet {
  const { properties } = letter;
  return {
    exchange: replay,
    routingKey: letter.queue,
    content: letter.content,
    properties: { ...properties, headers: { ...properties.headers, attempt: 1 } },
  };
}

/** Reads a dead letter, whether we or the broker (delivery limit) gave the message up. */
export function readDeadLetter(message: ConsumeMessage): DeadLetter {
  const headers: Record<string, unknown> = message.properties.headers ?? {};
  const text = (name: string): string | undefined => {
    const value = headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    queue: text('x-shop-queue') ?? message.fields.routingKey,
    reason: text('x-shop-reason') ?? text('x-first-death-reason') ?? 'unknown',
    detail: text('x-shop-detail') ?? '',
    at: text('x-shop-at') ?? new Date().toISOString(),
    content: message.content,
    properties: carriedProperties(message),
  };
}
