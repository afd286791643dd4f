import type { MessageDefinition } from '@shopstack/contracts/message';
import type { z } from 'zod';
import { faults, type ReceivedMessage } from './message.ts';

export type Prepared = { ok: true; run: () => Promise<void> } | { ok: false; detail: string };
/** One type of message a queue's consumer understands. */
export interface Handler {
  type: string;
  prepare(message: ReceivedMessage): Prepared;
}

/**
 * Handles one type of message; the data is checked before `handle` is called. When `handle` resolves the message is
 * acknowledged; when it rejects it comes again later (at most 6 attempts), unless it threw PermanentError.
 */
export const on = <S extends z.ZodType>(
  definition: MessageDefinition<string, S>,
  handle: (data: z.output<S>, message: ReceivedMessage) => Promise<void>,
): Handler => ({
  type: definition.type,
  prepare: (message) => {
    const parsed = definition.data.safeParse(message.data);
    if (!parsed.success) return { ok: false, detail: faults(parsed.error) };
    return { ok: true, run: () => handle(parsed.data, message) };
  },
});
