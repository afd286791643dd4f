import type { Database } from '@shopstack/sql/database';
import { ddl } from '@shopstack/sql/migration';
import { sql } from 'kysely';
import { firstTime, messageTables } from '../src/mysql.ts';

/** A service in small: an effect that must happen once per message. */
export interface EffectsSchema {
  effects: { order_id: string; times: number };
}
export const effectsMigrations = {
  ...messageTables,
  '0001-effects': ddl('create table effects (order_id char(36) primary key, times int not null)'),
};

/** Resolves to whether this delivery had the effect. */
export const applyOnce = (
  database: Database<EffectsSchema>,
  messageId: string,
  orderId: string,
): Promise<boolean> =>
  database.transaction(async (trx) => {
    if (!(await firstTime(trx, 'catalogue.commands', messageId))) return false;
    await sql`insert into effects values (${orderId}, 1) on duplicate key update times = times + 1`.execute(
      trx,
    );
    return true;
  });
