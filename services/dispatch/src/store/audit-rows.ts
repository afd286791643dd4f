import { ddl, type Migrations } from '@shopstack/sql/migration';
import type { Generated } from 'kysely';

export interface Audits {
  id: Generated<number>;
  at: Date;
  report: string;
}
export const auditTable: Migrations = {
  '0022-audits': ddl(`create table if not exists audits (
    id bigint unsigned not null auto_increment primary key,
    at datetime(3) not null,
    report mediumtext character set utf8mb4 not null
  ) engine = InnoDB`),
};
