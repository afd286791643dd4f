import { messageTables } from '@shopstack/bus/mysql';
import { idempotencyTable } from '@shopstack/sql/idempotency';
import { ddl, type Migrations } from '@shopstack/sql/migration';
import type { Transaction } from 'kysely';
import { type Audits, auditTable } from './audit-rows.ts';
import { type DeadLetters, deadLetterTables, type ReplayRuns } from './dead-letter-rows.ts';
import { type JourneyRows, journeyTable } from './journey-rows.ts';

const ID = 'char(36) character set ascii collate ascii_bin';
const WORD = 'varchar(32) character set ascii collate ascii_bin';
const TEXT = 'mediumtext character set utf8mb4';

interface Orders {
  id: string;
  number: string;
  user_id: string | null;
  email: string;
  cart_id: string;
  cart_version: number;
  version: number;
  status: string;
  total_minor: number;
  currency: string;
  content: string;
  view: string;
  placed_at: Date;
  updated_at: Date;
}
interface Sagas {
  order_id: string;
  state: string;
  version: number;
  body: string;
  updated_at: Date;
}
interface Timers {
  order_id: string;
  name: string;
  state: string;
  due_at: Date;
}
interface OrderEvents {
  order_id: string;
  version: number;
  view: string;
  at: Date;
}
interface PaymentTokens {
  order_id: string;
  token: string | null;
  message_id: string | null;
}
interface Notifications {
  order_id: string;
  template: string;
  channel: string;
  /** Which of several of the same kind; empty for the one there is. */
  about: string;
  state: string;
  at: Date;
}
export interface Schema {
  orders: Orders;
  sagas: Sagas;
  timers: Timers;
  order_events: OrderEvents;
  payment_tokens: PaymentTokens;
  notifications: Notifications;
  dead_letters: DeadLetters;
  replay_runs: ReplayRuns;
  audits: Audits;
  journey: JourneyRows;
}

export type Trx = Transaction<Schema>;

export const migrations: Migrations = {
  ...messageTables,
  ...idempotencyTable,
  ...deadLetterTables,
  ...auditTable,
  ...journeyTable,
  '0001-orders': ddl(`create table if not exists orders (
    id ${ID} not null primary key,
    number ${WORD} not null,
    user_id ${ID} null,
    email varchar(254) character set utf8mb4 not null,
    cart_id varchar(190) character set utf8mb4 collate utf8mb4_bin not null,
    cart_version bigint unsigned not null,
    version int unsigned not null,
    status ${WORD} not null,
    total_minor bigint not null,
    currency char(3) character set ascii not null,
    content ${TEXT} not null,
    view ${TEXT} not null,
    cancellation_note varchar(300) character set utf8mb4 null,
    placed_at datetime(3) not null,
    updated_at datetime(3) not null,
    unique key orders_number (number),
    unique key orders_cart (cart_id, cart_version),
    key orders_status (status, id),
    key orders_email (email, id),
    key orders_user (user_id, id)
  ) engine = InnoDB`),
  '0002-sagas': ddl(`create table if not exists sagas (
    order_id ${ID} not null primary key,
    state ${WORD} not null,
    version int unsigned not null,
    body ${TEXT} not null,
    updated_at datetime(3) not null,
    key sagas_state (state, order_id)
  ) engine = InnoDB`),
  '0003-timers': ddl(`create table if not exists timers (
    order_id ${ID} not null,
    name ${WORD} not null,
    state ${WORD} not null,
    due_at datetime(3) not null,
    primary key (order_id, name),
    key timers_due (due_at)
  ) engine = InnoDB`),
  '0004-order-events': ddl(`create table if not exists order_events (
    order_id ${ID} not null,
    version int unsigned not null,
    view ${TEXT} not null,
    at datetime(3) not null,
    primary key (order_id, version)
  ) engine = InnoDB`),
  '0005-payment-tokens': ddl(`create table if not exists payment_tokens (
    order_id ${ID} not null primary key,
    token varchar(200) character set ascii null,
    message_id ${ID} null,
    key payment_tokens_message (message_id)
  ) engine = InnoDB`),
  '0006-notifications': ddl(`create table if not exists notifications (
    order_id ${ID} not null,
    template ${WORD} not null,
    channel ${WORD} not null,
    state ${WORD} not null,
    at datetime(3) not null,
    primary key (order_id, template, channel)
  ) engine = InnoDB`),
  '0007-outbox-message-id': ddl('create index outbox_message_id on outbox (message_id)'),
  '0031-notifications-about': ddl(`alter table notifications
    add column about char(36) character set ascii collate ascii_bin not null default '',
    drop primary key, add primary key (order_id, template, channel, about)`),
  '0032-sagas-touched': ddl(
    'alter table sagas add key sagas_touched (updated_at, order_id), add key sagas_state_touched (state, updated_at, order_id)',
  ),
};
