import { Long } from 'bson';
import { CommandError } from './errors.ts';
import { sizeOf } from './values/codec.ts';
import type { Document } from './values/document.ts';

const FIRST_BATCH = 101;
const MAX_BATCH_BYTES = 15 * 1024 * 1024;
const IDLE_MS = 10 * 60_000;

interface Cursor {
  namespace: string;
  documents: Document[];
  at: number;
  usedAt: number;
}

/** Open cursors: each holds the documents as they were when it was opened. */
export class Cursors {
  readonly #open = new Map<number, Cursor>();
  #nextId = Math.floor(Math.random() * 2 ** 40) + 1;

  /** The reply of a command that begins a cursor; it stays open only when documents are left. */
  start(
    namespace: string,
    documents: Document[],
    { batchSize = FIRST_BATCH, single = false }: { batchSize?: number | undefined; single?: boolean } = {},
  ): Document {
    const cursor: Cursor = { namespace, documents, at: 0, usedAt: Date.now() };
    const firstBatch = takeBatch(cursor, batchSize);
    const left = !single && cursor.at < documents.length;
    const id = left ? this.#nextId++ : 0;
    if (left) this.#open.set(id, cursor);
    return { cursor: { firstBatch, id: Long.fromNumber(id), ns: namespace } };
  }

  /** @throws CommandError 43 when the cursor is unknown, timed out or belongs to another namespace. */
  next(id: number, namespace: string, batchSize: number | undefined): Document {
    const cursor = this.#open.get(id);
    if (!cursor || cursor.namespace !== namespace) throw new CommandError(43, `cursor id ${id} not found`);
    cursor.usedAt = Date.now();
    const nextBatch = takeBatch(cursor, batchSize || Number.POSITIVE_INFINITY);
    const done = cursor.at >= cursor.documents.length;
    if (done) this.#open.delete(id);
    return { cursor: { nextBatch, id: Long.fromNumber(done ? 0 : id), ns: namespace } };
  }

  kill(id: number, namespace: string): boolean {
    return this.#open.get(id)?.namespace === namespace && this.#open.delete(id);
  }

  closeIdle(now = Date.now()): void {
    for (const [id, cursor] of this.#open) if (now - cursor.usedAt > IDLE_MS) this.#open.delete(id);
  }
}

function takeBatch(cursor: Cursor, count: number): Document[] {
  const batch: Document[] = [];
  for (let bytes = 0; batch.length < count; cursor.at++) {
    const document = cursor.documents[cursor.at];
    if (!document) break;
    bytes += sizeOf(document);
    if (bytes > MAX_BATCH_BYTES && batch.length > 0) break;
    batch.push(document);
  }
  return batch;
}
