import { messageTables } from '@shopstack/bus/mysql';
import { ddl, type Migrations } from '@shopstack/sql/migration';

export interface Schema {
  buyers: {
    user_id: string;
    product_id: string;
    order_id: string;
    watched: number;
    bought_at: Date;
  };
  tallies: {
    product_id: string;
    revision: number;
    stars_1: number;
    stars_2: number;
    stars_3: number;
    stars_4: number;
    stars_5: number;
  };
  reviews: {
    id: string;
    product_id: string;
    user_id: string;
    rating: number;
    title: string;
    body: string;
    author: string;
    state: string;
    helpful: number;
    version: number;
    created_at: Date;
    updated_at: Date;
  };
  votes: {
    review_id: string;
    user_id: string;
    helpful: number;
    voted_at: Date;
  };
}

const id = 'char(36) character set ascii collate ascii_bin';
const code = (length: number) => `varchar(${length}) character set ascii collate ascii_bin`;
const words = (length: number) => `varchar(${length}) character set utf8mb4`;

export const migrations: Migrations = {
  ...messageTables,
  '0001-buyers': ddl(`create table if not exists buyers (
    user_id ${id} not null,
    product_id ${code(100)} not null,
    order_id ${id} not null,
    watched tinyint not null default 0,
    bought_at datetime(3) not null,
    primary key (user_id, product_id)
  ) engine = InnoDB`),
  '0002-tallies': ddl(`create table if not exists tallies (
    product_id ${code(100)} not null primary key,
    revision bigint unsigned not null,
    stars_1 int unsigned not null default 0,
    stars_2 int unsigned not null default 0,
    stars_3 int unsigned not null default 0,
    stars_4 int unsigned not null default 0,
    stars_5 int unsigned not null default 0
  ) engine = InnoDB`),
  '0003-reviews': ddl(`create table if not exists reviews (
    id ${id} not null primary key,
    product_id ${code(100)} not null,
    user_id ${id} not null,
    rating tinyint unsigned not null,
    title ${words(120)} not null,
    body text character set utf8mb4 not null,
    author ${words(60)} not null,
    state ${code(20)} not null,
    helpful int unsigned not null,
    version bigint unsigned not null,
    created_at datetime(3) not null,
    updated_at datetime(3) not null,
    unique key reviews_author (product_id, user_id),
    key reviews_newest (product_id, state, id),
    key reviews_helpful (product_id, state, helpful, id),
    key reviews_best (product_id, state, rating, id),
    key reviews_worst (product_id, state, rating, id desc),
    key reviews_moderation (state, id)
  ) engine = InnoDB`),
  '0004-votes': ddl(`create table if not exists votes (
    review_id ${id} not null,
    user_id ${id} not null,
    helpful tinyint not null,
    voted_at datetime(3) not null,
    primary key (review_id, user_id)
  ) engine = InnoDB`),
};
