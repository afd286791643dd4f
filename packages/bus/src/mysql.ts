import { isDuplicate } from '@shopstack/sql/database';
import { ddl, type Migrations } from '@shopstack/sql/migration';
import { type QueryExecutorProvider, sql } from 'kysely';
import type { OutgoingMessage } from './message.ts';
import { messageColumn } from './outbox-row.ts';

export { startMysqlRelay } from './mysql-relay.ts';

/** Building blocks for a service's migrations: `{ ...messageTables, '0001-orders': ddl('create table …') }`. */
export const messageTables: Migrations = {
  '0000-outbox': ddl(`create table if not exists outbox (
    id bigint unsigned not null auto_increment primary key,
    message_id char(36) character set ascii collate ascii_bin not null,
    subject varchar(190) character set utf8mb4 collate utf8mb4_bin not null,
    message mediumtext character set utf8mb4 not null,
    created_at datetime(3) not null,
    published_at datetime(3) null,
    key outbox_published_at (published_at, id)
  ) engine = InnoDB`),
  '0000-inbox': ddl(`create table if not exists inbox (
    consumer varchar(64) character set ascii collate ascii_bin not null,
    message_id char(36) character set ascii collate ascii_bin not null,
    received_at datetime(3) not null,
    primary key (consumer, message_id),
    key inbox_received_at (received_at)
  ) engine = InnoDB`),
};

/** Adds messages to the outbox in the business transaction; wake the relay after its commit. */
export async function appendOutbox(
  trx: QueryExecutorProvider,
  messages: readonly OutgoingMessage[],
): Promise<void> {
  if (messages.length === 0) return;
  const rows = messages.map(
    (it) => sql`(${it.id}, ${it.subject}, ${messageColumn.write(it)}, utc_timestamp(3))`,
  );
  await sql`insert into outbox (message_id, subject, message, created_at) values ${sql.join(rows)}`.execute(
    trx,
  );
}

/**
 * True when `consumer` (usually its queue) sees the message for the first time. Call it first in the handler's
 * transaction and return when it is false: the message has been handled. The transaction stays usable.
 */
export async function firstTime(
  trx: QueryExecutorProvider,
  consumer: string,
  messageId: string,
): Promise<boolean> {
  try {
    await sql`insert into inbox (consumer, message_id, received_at)
      values (${consumer}, ${messageId}, utc_timestamp(3))`.execute(trx);
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}
