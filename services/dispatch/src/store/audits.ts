import { AuditReport } from '@shopstack/contracts/operations-desk';
import type { Database } from '@shopstack/sql/database';
import { jsonColumn } from '@shopstack/sql/json';
import { sql } from 'kysely';
import type { Schema } from './schema.ts';

const KEPT = 100;
const reportColumn = jsonColumn(AuditReport);

/** What the audit found: the last 100 reports, the last one to come is the newest. */
export function openAudits(database: Database<Schema>) {
  return {
    keep: (report: AuditReport): Promise<void> =>
      database.transaction(async (trx) => {
        const row = { at: new Date(report.at), report: reportColumn.write(report) };
        await trx.insertInto('audits').values(row).execute();
        await sql`delete from audits where id <= (select id from
          (select id from audits order by id desc limit 1 offset ${sql.lit(KEPT)}) as oldest)`.execute(trx);
      }),
    async latest(): Promise<AuditReport | undefined> {
      const query = database.db.selectFrom('audits').select('report').orderBy('id', 'desc').limit(1);
      const row = await query.executeTakeFirst();
      return row && reportColumn.read(row.report);
    },
  };
}
export type AuditStore = ReturnType<typeof openAudits>;
