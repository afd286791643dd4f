import type { ConsumeMessage, Options } from 'amqplib';
import type { Packet } from './publisher.ts';
import { deadLetters, delayExchange, replay } from './topology.ts';

/** A message is tried this often before it becomes a dead letter. */
export const ATTEMPTS = 6;

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

/** What a replay needs of a dead letter. */
export interface Replayable {
  queue: string;
  content: Buffer;
  properties: Options.Publish;
}

/** The original bytes and message id to the original queue, as a first attempt. */
export function replayPacket(letter: Replayable): Packet {
  const { properties } = letter;
  return {
    exchange: replay,
    routingKey: letter.queue,
    content: letter.content,
    properties: { ...properties, headers: { ...properties.headers, attempt: 1 } },
  };
}
