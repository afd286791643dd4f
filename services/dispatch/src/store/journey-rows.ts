import { ddl, type Migrations } from '@shopstack/sql/migration';
import type { Generated } from 'kysely';

export interface JourneyRows {
  id: Generated<number>;
  order_id: string;
  at: Date;
  kind: string;
  name: string;
  detail: string | null;
  message_id: string | null;
  causation_id: string | null;
  trace_id: string | null;
}
const WORD = 'varchar(64) character set ascii collate ascii_bin';
export const journeyTable: Migrations = {
  '0030-journey': ddl(`create table if not exists journey (
    id bigint unsigned not null auto_increment primary key,
    order_id char(36) character set ascii collate ascii_bin not null,
    at datetime(3) not null,
    kind ${WORD} not null,
    name ${WORD} not null,
    detail varchar(500) character set utf8mb4 null,
    message_id ${WORD} null,
    causation_id ${WORD} null,
    trace_id ${WORD} null,
    key journey_order (order_id, id)
  ) engine = InnoDB`),
};
