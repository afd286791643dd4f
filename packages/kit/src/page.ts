import type { z } from 'zod';
import { problem } from './problem.ts';

/** An opaque cursor over the sort values of the last item. */
export const encodeCursor = (values: unknown): string =>
  Buffer.from(JSON.stringify(values), 'utf8').toString('base64url');

/** @throws Problem `validation-failed` when somebody made the cursor up. */
export function decodeCursor<S extends z.ZodType>(
  schema: S,
  cursor: string | undefined,
): z.output<S> | undefined {
  if (cursor === undefined) return undefined;
  const result = schema.safeParse(parseOrNothing(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (result.success) return result.data;
  throw problem('validation-failed', 'The cursor is not one of ours.', {
    errors: [{ pointer: '/query/cursor', detail: 'not a cursor' }],
  });
}
function parseOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A page of at most `limit` from rows of which one more than `limit` was read. */
export function pageOf<T>(rows: readonly T[], limit: number, cursorOf: (last: T) => unknown) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? encodeCursor(cursorOf(last)) : null };
}
