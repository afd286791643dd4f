import { z } from 'zod';
import { Time } from './primitives.ts';

/** A CloudEvents 1.0 JSON envelope; `subject` is the business key (the order's id in a saga). */
export const Envelope = z.object({
  specversion: z.literal('1.0'),
  id: z.uuid(),
  source: z.string(),
  type: z.string(),
  subject: z.string(),
  time: Time,
  datacontenttype: z.literal('application/json'),
  data: z.unknown(),
});
export type Envelope = z.infer<typeof Envelope>;

/** A message that crosses the bus: dotted, versioned type; `command` goes to one service, `event` to whoever listens. */
export interface MessageDefinition<T extends string = string, S extends z.ZodType = z.ZodType> {
  type: T;
  kind: 'command' | 'event';
  summary: string;
  data: S;
}
export const command = <T extends string, S extends z.ZodType>(type: T, summary: string, data: S) =>
  ({ type, kind: 'command', summary, data }) satisfies MessageDefinition<T, S>;
export const event = <T extends string, S extends z.ZodType>(type: T, summary: string, data: S) =>
  ({ type, kind: 'event', summary, data }) satisfies MessageDefinition<T, S>;
export type DataOf<M extends MessageDefinition> = z.output<M['data']>;
