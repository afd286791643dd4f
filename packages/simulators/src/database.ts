import { DatabaseSync } from 'node:sqlite';

export type Database = ReturnType<typeof openDatabase>;

/** Opens or creates the file. What a `transaction` has returned survives a kill and a power cut. */
export function openDatabase(file: string, schema: string) {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;');
  db.exec(schema);
  return {
    prepare: (sql: string) => db.prepare(sql),
    transaction<T>(work: () => T): T {
      db.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        db.exec('COMMIT');
        return result;
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => db.close(),
  };
}
