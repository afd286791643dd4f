import type { DeadLetter } from '@shopstack/bus/connection';
import { DeadLetterView } from '@shopstack/contracts/operations-desk';
import { uuidv7 } from '@shopstack/kit/uuid';
import { jsonColumn } from '@shopstack/sql/json';
import { ddl, type Migrations } from '@shopstack/sql/migration';
import type { Insertable, Selectable } from 'kysely';
import { z } from 'zod';
import { type DeadLetterRecord, type Deed, describe } from '../domain/dead-letter.ts';

export interface DeadLetters {
  id: string;
  death: string;
  queue: string;
  type: string;
  message_id: string;
  order_id: string | null;
  reason: string;
  detail: string;
  state: 'dead' | 'replayed' | 'discarded';
  died_at: Date;
  bytes: number;
  content: Buffer;
  properties: string;
  history: string;
  /** Set while a replay was accepted and is not confirmed yet. */
  replay_run: string | null;
  leased_until: Date | null;
  settled_at: Date | null;
}
/** Letters that are sent again at a pace: `next_at` is when the next one may go. */
export interface ReplayRuns {
  id: string;
  gap_ms: number;
  next_at: Date;
}

const ID = 'char(36) character set ascii collate ascii_bin';
const NAME = 'varchar(255) character set utf8mb4 collate utf8mb4_bin';
const TEXT = 'mediumtext character set utf8mb4';

export const deadLetterTables: Migrations = {
  '0020-dead-letters': ddl(`create table if not exists dead_letters (
    id ${ID} not null primary key,
    death char(64) character set ascii collate ascii_bin not null,
    queue ${NAME} not null,
    type ${NAME} not null,
    message_id ${NAME} not null,
    order_id ${ID} null,
    reason varchar(255) character set utf8mb4 not null,
    detail varchar(500) character set utf8mb4 not null,
    state varchar(16) character set ascii collate ascii_bin not null,
    died_at datetime(3) not null,
    bytes bigint unsigned not null,
    content longblob not null,
    properties ${TEXT} not null,
    history ${TEXT} not null,
    replay_run ${ID} null,
    leased_until datetime(3) null,
    settled_at datetime(3) null,
    unique key dead_letters_death (death),
    key dead_letters_state (state, id),
    key dead_letters_queue (queue, state, id),
    key dead_letters_type (type, state, id),
    key dead_letters_order (order_id, id),
    key dead_letters_message (message_id, id),
    key dead_letters_run (replay_run, id),
    key dead_letters_settled (settled_at)
  ) engine = InnoDB`),
  '0021-replay-runs': ddl(`create table if not exists replay_runs (
    id ${ID} not null primary key,
    gap_ms int unsigned not null,
    next_at datetime(3) not null,
    key replay_runs_next (next_at)
  ) engine = InnoDB`),
};

/** A database takes one packet of 16 MiB, in which bytes are written as hexadecimal digits. */
const KEPT_BYTES = 4 * 1024 * 1024;
const cut = (text: string, characters = 255) => [...text].slice(0, characters).join('');

export const historyColumn = jsonColumn<Deed[]>(DeadLetterView.shape.history);
const word = z.string().exactOptional();
const Properties = z.object({
  ...{
    contentType: word,
    contentEncoding: word,
    correlationId: word,
    messageId: word,
    type: word,
    appId: word,
  },
  timestamp: z.int().min(0).exactOptional(),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
const propertiesColumn = jsonColumn(Properties);

/** Tables and bytes in headers are not ours, and JSON would bring them back as something else. */
function plainProperties({ headers, timestamp, ...others }: DeadLetter['properties']) {
  const isPlain = (it: unknown) => ['string', 'boolean'].includes(typeof it) || Number.isFinite(it);
  const plain = Object.entries(headers ?? {}).filter(([, value]) => isPlain(value));
  const time = z.int().min(0).safeParse(timestamp).data;
  return Properties.parse({
    ...others,
    ...(time === undefined ? {} : { timestamp: time }),
    headers: Object.fromEntries(plain),
  });
}

/** A row for a letter: whatever is in it, there is a row that holds it. */
export function rowOf(letter: DeadLetter): Insertable<DeadLetters> {
  const { type, messageId, orderId } = describe(letter);
  const diedAt = z.iso.datetime().safeParse(letter.at).data;
  return {
    id: uuidv7(),
    death: letter.death,
    queue: cut(letter.queue),
    type: cut(type),
    message_id: cut(messageId),
    order_id: orderId ?? null,
    reason: cut(letter.reason),
    detail: cut(letter.detail, 500),
    state: 'dead',
    died_at: diedAt === undefined ? new Date() : new Date(diedAt),
    bytes: letter.content.length,
    content: letter.content.subarray(0, KEPT_BYTES),
    properties: propertiesColumn.write(plainProperties(letter.properties)),
    history: historyColumn.write([]),
    replay_run: null,
    leased_until: null,
    settled_at: null,
  };
}

export const recordColumns = [
  ...(['id', 'queue', 'type', 'message_id', 'order_id', 'reason', 'detail', 'state'] as const),
  ...(['died_at', 'bytes', 'history', 'replay_run'] as const),
] as const;
export type RecordRow = Pick<Selectable<DeadLetters>, (typeof recordColumns)[number]>;

export const readRecord = (row: RecordRow): DeadLetterRecord => ({
  id: row.id,
  queue: row.queue,
  type: row.type,
  messageId: row.message_id,
  ...(row.order_id === null ? {} : { orderId: row.order_id }),
  reason: row.reason,
  detail: row.detail,
  state: row.state,
  diedAt: row.died_at.toISOString(),
  bytes: Number(row.bytes),
  history: historyColumn.read(row.history),
});

export const payloadColumns = ['id', 'queue', 'order_id', 'bytes', 'content', 'properties'] as const;
type PayloadRow = Pick<Selectable<DeadLetters>, (typeof payloadColumns)[number]>;

/** What is sent again. */
export const readPayload = (row: PayloadRow) => ({
  id: row.id,
  queue: row.queue,
  orderId: row.order_id ?? undefined,
  content: row.content,
  whole: row.content.length === Number(row.bytes),
  properties: propertiesColumn.read(row.properties),
});
export type Payload = ReturnType<typeof readPayload>;
