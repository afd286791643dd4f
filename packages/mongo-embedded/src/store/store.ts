import { CommandError } from '../errors.ts';
import { decode, encode } from '../values/codec.ts';
import { Collection } from './collection.ts';
import { DataFile } from './file.ts';
import { parseIndexSpec } from './index-spec.ts';

const PLAIN_WRITE_MS = 10;

/** All databases in memory and, given a file, on disk. */
export class Store {
  readonly #databases = new Map<string, Map<string, Collection>>();
  readonly #file: DataFile | undefined;
  readonly #pending = new Map<Collection, Map<number, Uint8Array | undefined>>();
  readonly #failed: (error: unknown) => void;
  #nextNumber = 1;
  #timer: NodeJS.Timeout | undefined;
  #group: Promise<void> | undefined;

  /** `failed` is told when changes could not be written; nothing is acknowledged after that. */
  constructor(path: string | undefined, failed: (error: unknown) => void) {
    this.#failed = failed;
    this.#file = path === undefined ? undefined : new DataFile(path);
    this.#load();
  }

  #load(): void {
    for (const row of this.#file?.collections() ?? []) {
      const collection = this.#open(row.database, row.name, row.number);
      for (const { id, document } of this.#file?.documents(row.number) ?? [])
        collection.load(id, decode(document));
      const { indexes } = decode(row.indexes);
      for (const spec of Array.isArray(indexes) ? indexes : []) collection.addIndex(parseIndexSpec(spec));
    }
  }

  databaseNames(): string[] {
    return [...this.#databases.keys()].sort();
  }

  collections(database: string): Collection[] {
    return [...(this.#databases.get(database)?.values() ?? [])];
  }

  find(database: string, name: string): Collection | undefined {
    return this.#databases.get(database)?.get(name);
  }

  /** @throws CommandError 26 when there is no such collection. */
  need(database: string, name: string): Collection {
    const collection = this.find(database, name);
    if (collection) return collection;
    throw new CommandError(26, `ns does not exist: ${database}.${name}`);
  }

  ensure(database: string, name: string): Collection {
    const existing = this.find(database, name);
    if (existing) return existing;
    checkName(database, name);
    const collection = this.#open(database, name, this.#nextNumber);
    this.#file?.createCollection(collection, encode({ indexes: [] }));
    return collection;
  }

  #open(database: string, name: string, number: number): Collection {
    const collection = new Collection({ database, name, number }, (...change) => this.#note(...change));
    const collections = this.#databases.get(database) ?? new Map<string, Collection>();
    this.#databases.set(database, collections.set(name, collection));
    this.#nextNumber = Math.max(this.#nextNumber, number + 1);
    return collection;
  }

  drop(collection: Collection): void {
    const collections = this.#databases.get(collection.database);
    collections?.delete(collection.name);
    if (collections?.size === 0) this.#databases.delete(collection.database);
    this.#pending.delete(collection);
    this.#file?.dropCollection(collection.number);
  }

  saveIndexes(collection: Collection): void {
    const indexes = collection.specs.filter((spec) => spec.name !== '_id_');
    this.#file?.saveIndexes(collection.number, encode({ indexes }));
  }

  #note(collection: Collection, id: number, bytes: Uint8Array | undefined): void {
    if (!this.#file) return;
    const records = this.#pending.get(collection) ?? new Map<number, Uint8Array | undefined>();
    this.#pending.set(collection, records.set(id, bytes));
    this.#timer ??= setTimeout(() => this.#writeOrFail(), PLAIN_WRITE_MS);
  }

  /** Resolves when everything changed so far is on disk; commands of one event-loop turn share one sync. */
  durable(): Promise<void> {
    if (this.#pending.size === 0) return this.#group ?? Promise.resolve();
    this.#group ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        this.#group = undefined;
        try {
          this.write();
          resolve();
        } catch (error) {
          this.#failed(error);
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
    return this.#group;
  }

  #writeOrFail(): void {
    try {
      this.write();
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Writes and syncs every pending change in one transaction. */
  write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const file = this.#file;
    if (!file || this.#pending.size === 0) return;
    file.commit(() => {
      for (const [{ number }, records] of this.#pending) {
        for (const [id, bytes] of records) {
          if (bytes) file.put(number, id, bytes);
          else file.remove(number, id);
        }
      }
    });
    this.#pending.clear();
  }

  close(): void {
    this.write();
    this.#file?.close();
  }
}

function checkName(database: string, name: string): void {
  if (
    name === '' ||
    name.includes('$') ||
    name.includes('\0') ||
    name.startsWith('.') ||
    /[/\\. "$\0]/.test(database)
  ) {
    throw new CommandError(73, `Invalid namespace specified '${database}.${name}'`);
  }
  if (name.startsWith('system.')) throw new CommandError(73, `Invalid system namespace: ${database}.${name}`);
}
