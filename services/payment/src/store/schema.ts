import { messageTables } from '@shopstack/bus/mysql';
import { idempotencyTable } from '@shopstack/sql/idempotency';
import { ddl, type Migrations } from '@shopstack/sql/migration';
import type { Generated } from 'kysely';

export interface Schema {
  payments: {
    id: string;
    order_id: string;
    amount_minor: number;
    currency: string;
    method: string;
    country: string;
    state: string;
    void_requested: number;
    void_round: number | null;
    void_cause: string | null;
    tries: number;
    max_tries: number;
    captured_minor: number;
    refunded_minor: number;
    lost_minor: number;
    late: number;
    provider_id: string | null;
    last_reason: string | null;
    user_id: string | null;
    follow_token_hash: string | null;
    round: number;
    version: number;
    created_at: Date;
    updated_at: Date;
  };
  attempts: {
    id: string;
    payment_id: string;
    number: number;
    kind: string;
    state: string;
    token: string | null;
    outcome: string | null;
    amount_minor: number;
    refund_id: string | null;
    reason: string | null;
    round: number;
    cause: string | null;
    tries: number;
    next_check_at: Date | null;
    checkout_id: string | null;
    traceparent: string | null;
    receipt: string | null;
    asked_at: Date | null;
    created_at: Date;
    updated_at: Date;
  };
  provider_events: { provider: string; event_id: string; received_at: Date };
  disputes: {
    id: string;
    payment_id: string;
    state: string;
    amount_minor: number;
    created_at: Date;
    updated_at: Date;
  };
  dispute_positions: { provider: string; position: number };
  ledger: {
    id: Generated<number>;
    payment_id: string;
    attempt_id: string;
    account: string;
    debit_minor: number;
    credit_minor: number;
    currency: string;
    booked_at: Date;
  };
}

const id = 'char(36) character set ascii collate ascii_bin';
const code = (length: number) => `varchar(${length}) character set ascii collate ascii_bin`;
const words = (length: number) => `varchar(${length}) character set utf8mb4`;

export const migrations: Migrations = {
  ...messageTables,
  ...idempotencyTable,
  '0001-payments': ddl(`create table if not exists payments (
    id ${id} not null primary key,
    order_id ${id} not null,
    amount_minor bigint not null,
    currency ${code(3)} not null,
    method ${code(40)} not null,
    country ${code(2)} not null,
    state ${code(20)} not null,
    void_requested tinyint not null,
    void_round int null,
    void_cause ${id} null,
    tries int not null,
    max_tries int not null,
    captured_minor bigint not null,
    refunded_minor bigint not null,
    provider_id ${code(100)} null,
    last_reason ${words(200)} null,
    user_id ${id} null,
    follow_token_hash ${code(64)} null,
    round int not null,
    version int not null,
    created_at datetime(3) not null,
    updated_at datetime(3) not null,
    key payments_order (order_id),
    key payments_provider (provider_id)
  ) engine = InnoDB`),
  '0002-attempts': ddl(`create table if not exists attempts (
    id ${id} not null primary key,
    payment_id ${id} not null,
    number int not null,
    kind ${code(20)} not null,
    state ${code(20)} not null,
    token ${code(200)} null,
    outcome ${code(20)} null,
    amount_minor bigint not null,
    refund_id ${id} null,
    reason ${words(200)} null,
    round int not null,
    cause ${id} null,
    tries int not null,
    next_check_at datetime(3) null,
    created_at datetime(3) not null,
    updated_at datetime(3) not null,
    unique key attempts_number (payment_id, number),
    unique key attempts_refund (refund_id),
    key attempts_due (next_check_at)
  ) engine = InnoDB`),
  '0003-provider-events': ddl(`create table if not exists provider_events (
    provider ${code(20)} not null,
    event_id ${code(100)} not null,
    received_at datetime(3) not null,
    primary key (provider, event_id)
  ) engine = InnoDB`),
  '0004-ledger': ddl(`create table if not exists ledger (
    id bigint unsigned not null auto_increment primary key,
    payment_id ${id} not null,
    attempt_id ${id} not null,
    account ${code(40)} not null,
    debit_minor bigint not null,
    credit_minor bigint not null,
    currency ${code(3)} not null,
    booked_at datetime(3) not null,
    unique key ledger_once (attempt_id, account)
  ) engine = InnoDB`),
  '0005-late-and-lost': ddl(`alter table payments
    add column lost_minor bigint not null default 0,
    add column late tinyint not null default 0`),
  '0006-charges': ddl(`alter table attempts
    add column checkout_id ${code(100)} null,
    add column receipt ${code(40)} null,
    add column asked_at datetime(3) null,
    add unique key attempts_checkout (checkout_id),
    add unique key attempts_receipt (receipt)`),
  '0007-disputes': ddl(`create table if not exists disputes (
    id ${code(100)} not null primary key,
    payment_id ${id} not null,
    state ${code(10)} not null,
    amount_minor bigint not null,
    created_at datetime(3) not null,
    updated_at datetime(3) not null,
    key disputes_payment (payment_id)
  ) engine = InnoDB`),
  '0008-attempt-traces': ddl(`alter table attempts add column traceparent ${code(55)} null`),
  '0009-dispute-positions': ddl(`create table if not exists dispute_positions (
    provider ${code(20)} not null primary key,
    position bigint not null
  ) engine = InnoDB`),
};
