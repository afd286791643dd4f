import { messageTables } from '@shopstack/bus/mysql';
import { ddl, type Migrations } from '@shopstack/sql/migration';
import type { Generated } from 'kysely';

export interface Schema {
  countries: {
    code: string;
    name: string;
    currency: string;
    zone: string;
    latitude: number;
    longitude: number;
    postcode_pattern: string;
  };
  places: {
    country: string;
    name: string;
    name_key: string;
    postcode: string;
    latitude: number;
    longitude: number;
    population: number;
  };
  rates: {
    zone: string;
    method: string;
    base_minor: number;
    per_kg_minor: number;
    free_from_minor: number | null;
    min_days: number;
    max_days: number;
    max_weight_grams: number;
  };
  quotes: {
    id: string;
    destination: string;
    cart_lines: string;
    method: string;
    price_minor: number;
    currency: string;
    min_days: number;
    max_days: number;
    distance_km: number;
    weight_grams: number;
    expires_at: Date;
    created_at: Date;
  };
  shipments: {
    id: string;
    order_id: string;
    state: string;
    method: string;
    address: string;
    destination: string;
    cart_lines: string;
    weight_grams: number;
    user_id: string | null;
    follow_token_hash: string | null;
    tracking_code: string | null;
    traceparent: string | null;
    created_at: Date;
    updated_at: Date;
  };
  tracking_events: {
    id: Generated<number>;
    shipment_id: string;
    event_id: string;
    state: string;
    place: string | null;
    detail: string | null;
    happened_at: Date;
  };
}

const id = 'char(36) character set ascii collate ascii_bin';
const code = (length: number) => `varchar(${length}) character set ascii collate ascii_bin`;
const words = (length: number) => `varchar(${length}) character set utf8mb4`;

export const migrations: Migrations = {
  ...messageTables,
  '0001-countries': ddl(`create table if not exists countries (
    code ${code(2)} not null primary key,
    name ${words(100)} not null,
    currency ${code(3)} not null,
    zone ${code(20)} not null,
    latitude double not null,
    longitude double not null,
    postcode_pattern ${words(100)} not null
  ) engine = InnoDB`),
  '0002-places': ddl(`create table if not exists places (
    country ${code(2)} not null,
    name ${words(120)} not null,
    name_key ${words(120)} collate utf8mb4_bin not null,
    postcode ${words(20)} not null,
    latitude double not null,
    longitude double not null,
    population int unsigned not null,
    primary key (country, name_key),
    key places_population (country, population)
  ) engine = InnoDB`),
  '0003-rates': ddl(`create table if not exists rates (
    zone ${code(20)} not null,
    method ${code(20)} not null,
    base_minor int not null,
    per_kg_minor int not null,
    free_from_minor int null,
    min_days int not null,
    max_days int not null,
    max_weight_grams int not null,
    primary key (zone, method)
  ) engine = InnoDB`),
  '0004-quotes': ddl(`create table if not exists quotes (
    id ${id} not null primary key,
    destination text character set utf8mb4 not null,
    cart_lines text character set utf8mb4 not null,
    method ${code(20)} not null,
    price_minor int not null,
    currency ${code(3)} not null,
    min_days int not null,
    max_days int not null,
    distance_km double not null,
    weight_grams int not null,
    expires_at datetime(3) not null,
    created_at datetime(3) not null,
    key quotes_expires (expires_at)
  ) engine = InnoDB`),
  '0005-shipments': ddl(`create table if not exists shipments (
    id ${id} not null primary key,
    order_id ${id} not null,
    state ${code(20)} not null,
    method ${code(20)} not null,
    address text character set utf8mb4 not null,
    destination text character set utf8mb4 not null,
    cart_lines text character set utf8mb4 not null,
    weight_grams int not null,
    user_id ${id} null,
    follow_token_hash ${code(64)} null,
    tracking_code ${code(64)} null,
    created_at datetime(3) not null,
    updated_at datetime(3) not null,
    unique key shipments_order (order_id)
  ) engine = InnoDB`),
  '0006-tracking-events': ddl(`create table if not exists tracking_events (
    id bigint unsigned not null auto_increment primary key,
    shipment_id ${id} not null,
    event_id ${words(64)} collate utf8mb4_bin not null,
    state ${code(20)} not null,
    place ${words(120)} null,
    detail ${words(300)} null,
    happened_at datetime(3) not null,
    unique key tracking_events_event (shipment_id, event_id)
  ) engine = InnoDB`),
  '0007-shipment-traces': ddl(`alter table shipments add column traceparent ${code(55)} null`),
};
