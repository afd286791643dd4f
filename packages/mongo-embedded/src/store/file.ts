import { DatabaseSync, type StatementSync } from 'node:sqlite';

export interface CollectionRow {
  number: number;
  database: string;
  name: string;
  indexes: Uint8Array;
}

const schema = `
  CREATE TABLE IF NOT EXISTS collections (
    number INTEGER PRIMARY KEY AUTOINCREMENT, database TEXT NOT NULL, name TEXT NOT NULL, indexes BLOB NOT NULL,
    UNIQUE (database, name)
  );
  CREATE TABLE IF NOT EXISTS documents (
    collection INTEGER NOT NULL, id INTEGER NOT NULL, document BLOB NOT NULL, PRIMARY KEY (collection, id)
  ) WITHOUT ROWID;
`;

/** The SQLite file behind the store. One process holds it at a time; a commit is on disk when it returns. */
export class DataFile {
  readonly #sql: DatabaseSync;
  readonly #put: StatementSync;
  readonly #delete: StatementSync;

  /** @throws Error when another process has the file open. */
  constructor(path: string) {
    this.#sql = openExclusively(path);
    this.#put = this.#sql.prepare('INSERT OR REPLACE INTO documents VALUES (?, ?, ?)');
    this.#delete = this.#sql.prepare('DELETE FROM documents WHERE collection = ? AND id = ?');
  }

  collections(): CollectionRow[] {
    const rows = this.#sql.prepare('SELECT * FROM collections ORDER BY number').all();
    return rows.map((row) => ({
      number: Number(row.number),
      database: String(row.database),
      name: String(row.name),
      indexes: bytes(row.indexes),
    }));
  }

  *documents(collection: number): Generator<{ id: number; document: Uint8Array }> {
    const statement = this.#sql.prepare(
      'SELECT id, document FROM documents WHERE collection = ? ORDER BY id',
    );
    for (const row of statement.iterate(collection))
      yield { id: Number(row.id), document: bytes(row.document) };
  }

  createCollection(place: { number: number; database: string; name: string }, indexes: Uint8Array): void {
    const statement = this.#sql.prepare(
      'INSERT INTO collections (number, database, name, indexes) VALUES (?, ?, ?, ?)',
    );
    statement.run(place.number, place.database, place.name, indexes);
  }

  saveIndexes(collection: number, indexes: Uint8Array): void {
    this.#sql.prepare('UPDATE collections SET indexes = ? WHERE number = ?').run(indexes, collection);
  }

  dropCollection(number: number): void {
    this.commit(() => {
      this.#sql.prepare('DELETE FROM documents WHERE collection = ?').run(number);
      this.#sql.prepare('DELETE FROM collections WHERE number = ?').run(number);
    });
  }

  put(collection: number, id: number, document: Uint8Array): void {
    this.#put.run(collection, id, document);
  }

  remove(collection: number, id: number): void {
    this.#delete.run(collection, id);
  }

  /** All or nothing, and synced to disk on return. */
  commit(changes: () => void): void {
    this.#sql.exec('BEGIN IMMEDIATE');
    try {
      changes();
      this.#sql.exec('COMMIT');
    } catch (error) {
      if (this.#sql.isTransaction) this.#sql.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.#sql.close();
  }
}

function openExclusively(path: string): DatabaseSync {
  const sql = new DatabaseSync(path);
  try {
    sql.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    sql.exec(`BEGIN IMMEDIATE; ${schema} COMMIT`);
  } catch (error) {
    sql.close();
    const locked = error instanceof Error && error.message.includes('locked');
    throw locked ? new Error(`${path} is in use by another process`, { cause: error }) : error;
  }
  return sql;
}

function bytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new Error('the data file holds something else than BSON');
}
