import { createHash } from 'node:crypto';
import type { ConsumeMessage, Options } from 'amqplib';
import { z } from 'zod';
import { carriedProperties } from './settlement.ts';
import { unrouted } from './topology.ts';

/** A message that was given up, as operators see it: enough to replay it as it was. */
export interface DeadLetter {
  /** Tells this death from every other: the same for each delivery of the letter, another when the message dies again. */
  death: string;
  /** The queue it died in, where a replay goes; `shop.unrouted` when no queue wanted it. */
  queue: string;
  reason: string;
  detail: string;
  /** RFC 3339 in UTC. */
  at: string;
  /** What it was published with: its type, for messages of ours. */
  routingKey: string;
  content: Buffer;
  /** Original AMQP properties without the broker's bookkeeping; plain JSON. */
  properties: Options.Publish;
}

/** The broker's own record of a death, the latest first. */
const Deaths = z
  .array(
    z.object({
      reason: z.string(),
      queue: z.string(),
      count: z.number().catch(1),
      time: z.object({ value: z.number() }).optional().catch(undefined),
    }),
  )
  .catch([]);

/** Reads a dead letter, whether we or the broker (delivery limit) gave the message up. Never throws. */
export function readDeadLetter(message: ConsumeMessage): DeadLetter {
  const headers: Record<string, unknown> = message.properties.headers ?? {};
  const text = (name: string): string | undefined => {
    const value = headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  // A message that waited in a delay queue carries that "death" too, so only the latest one says why.
  const latest = Deaths.parse(headers['x-death'])[0];
  const queue = text('x-shop-queue') ?? message.fields.routingKey;
  const reason = text('x-shop-reason') ?? latest?.reason ?? text('x-first-death-reason') ?? 'unknown';
  const at = text('x-shop-at') ?? timeOf(latest?.time?.value);
  return {
    death: hash(message, [queue, reason, at ?? '', latest?.count ?? 0]),
    queue,
    reason,
    detail: text('x-shop-detail') ?? '',
    at: at ?? new Date().toISOString(),
    routingKey: message.fields.routingKey,
    content: message.content,
    properties: carriedProperties(message),
  };
}

/** Reads a message that no queue wanted. Copies of one message are one death: nothing tells them apart. */
export function readUnrouted(message: ConsumeMessage): DeadLetter {
  const { exchange, routingKey } = message.fields;
  return {
    death: hash(message, [unrouted, exchange, routingKey]),
    queue: unrouted,
    reason: 'unroutable',
    detail: `no queue for "${routingKey}" on ${exchange}`,
    at: new Date().toISOString(),
    routingKey,
    content: message.content,
    properties: carriedProperties(message),
  };
}

function hash(message: ConsumeMessage, circumstances: readonly (string | number)[]): string {
  const { messageId } = message.properties;
  const told = JSON.stringify([...circumstances, String(messageId ?? '')]);
  return createHash('sha256').update(told).update('\n').update(message.content).digest('hex');
}

function timeOf(seconds: number | undefined): string | undefined {
  const date = new Date((seconds ?? Number.NaN) * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
