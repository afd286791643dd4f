import { Envelope, type MessageDefinition } from '@shopstack/contracts/message';
import { activeTraceparent } from '@shopstack/kit/trace';
import { uuidv7 } from '@shopstack/kit/uuid';
import type { Options } from 'amqplib';
import { z } from 'zod';

/** A message before it is published: what outboxes keep. Plain JSON. */
export const OutgoingMessage = z.object({
  id: z.uuid(),
  type: z.string(),
  kind: z.enum(['command', 'event']),
  subject: z.string(),
  time: z.iso.datetime(),
  data: z.unknown(),
  causationId: z.string().optional(),
  traceparent: z.string().optional(),
});
export type OutgoingMessage = z.infer<typeof OutgoingMessage>;

/** What a handler learns beside the data. */
export interface ReceivedMessage {
  /** The same for every delivery of the message: the inbox's key. */
  id: string;
  type: string;
  /** The business key, in a saga the order's id. */
  subject: string;
  time: string;
  /** The service that sent it. */
  source: string;
  /** 1 for the first try. */
  attempt: number;
  queue: string;
  /** Id of the message that made the sender send this one. */
  causationId?: string;
  data: unknown;
}

/**
 * A new message with its own id, checked against its definition; throws ZodError when the data does not fit.
 * `causationId` is the id of the message being answered.
 */
export function draft<S extends z.ZodType>(
  definition: MessageDefinition<string, S>,
  content: { subject: string; data: z.input<S>; causationId?: string | undefined },
): OutgoingMessage {
  const traceparent = activeTraceparent();
  return {
    id: uuidv7(),
    type: definition.type,
    kind: definition.kind,
    subject: content.subject,
    time: new Date().toISOString(),
    data: definition.data.parse(content.data),
    ...(content.causationId ? { causationId: content.causationId } : {}),
    ...(traceparent ? { traceparent } : {}),
  };
}

export interface Encoded {
  content: Buffer;
  properties: Options.Publish;
}

/** The message as CloudEvents JSON with its AMQP properties. */
export function encode(message: OutgoingMessage, service: string): Encoded {
  const envelope: Envelope = {
    specversion: '1.0',
    id: message.id,
    source: `/shopstack/${service}`,
    type: message.type,
    subject: message.subject,
    time: message.time,
    datacontenttype: 'application/json',
    data: message.data,
  };
  return {
    content: Buffer.from(JSON.stringify(envelope)),
    properties: {
      contentType: 'application/cloudevents+json',
      messageId: message.id,
      type: message.type,
      correlationId: message.subject,
      timestamp: Math.floor(Date.parse(message.time) / 1000),
      appId: service,
      headers: {
        attempt: 1,
        ...(message.causationId ? { causationId: message.causationId } : {}),
        ...(message.traceparent ? { traceparent: message.traceparent } : {}),
      },
    },
  };
}

const Headers = z
  .object({
    attempt: z.int().min(1).catch(1),
    causationId: z.string().optional().catch(undefined),
    traceparent: z.string().optional().catch(undefined),
  })
  .catch({ attempt: 1 });

/** What our own headers say; anything strange in them counts as absent. */
export const readHeaders = (headers: unknown): z.infer<typeof Headers> => Headers.parse(headers ?? {});

export type Decoded = { ok: true; message: ReceivedMessage } | { ok: false; detail: string };

/** Reads what arrived; never throws. */
export function decode(content: Buffer, headers: unknown, queue: string): Decoded {
  const json = parseJson(content);
  const envelope = Envelope.safeParse(json);
  if (!envelope.success)
    return { ok: false, detail: json === undefined ? 'not JSON' : faults(envelope.error) };
  const { id, type, subject, time, source, data } = envelope.data;
  const { attempt, causationId } = readHeaders(headers);
  const message = {
    id,
    type,
    subject,
    time,
    source: source.replace(/^\/shopstack\//, ''),
    attempt,
    queue,
    data,
  };
  return { ok: true, message: causationId ? { ...message, causationId } : message };
}

/** Where a value does not fit, without repeating the value. */
export const faults = (error: z.ZodError): string =>
  error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'message'}: ${issue.message}`)
    .join('; ');

function parseJson(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString('utf8'));
  } catch {
    return undefined;
  }
}
