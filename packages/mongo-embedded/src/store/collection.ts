import { encodeStored } from '../values/codec.ts';
import type { Document } from '../values/document.ts';
import type { IndexSpec } from './index-spec.ts';
import { IndexTree } from './index-tree.ts';

interface Change {
  index: IndexTree;
  before: string[];
  after: string[];
}

/** Told about every changed record: its new BSON, or undefined when it was removed. */
export type ChangeListener = (collection: Collection, id: number, bytes: Uint8Array | undefined) => void;

/** A collection's documents and indexes in memory. Documents are replaced, never changed in place. */
export class Collection {
  readonly database: string;
  readonly name: string;
  /** The collection's number in the file. */
  readonly number: number;
  /** By record id; ids rise with insertion and are kept over updates and restarts. */
  readonly records = new Map<number, Document>();
  readonly indexes = new Map<string, IndexTree>();
  readonly #changed: ChangeListener;
  readonly #ids = new WeakMap<Document, number>();
  #nextId = 1;

  constructor(place: { database: string; name: string; number: number }, changed: ChangeListener) {
    this.database = place.database;
    this.name = place.name;
    this.number = place.number;
    this.#changed = changed;
    this.indexes.set('_id_', new IndexTree({ v: 2, key: { _id: 1 }, name: '_id_' }));
  }

  get namespace(): string {
    return `${this.database}.${this.name}`;
  }

  get specs(): IndexSpec[] {
    return [...this.indexes.values()].map((index) => index.spec);
  }

  /** @throws CommandError 11000 when a unique index holds an equal key, 10334 beyond 16 MiB; nothing is stored then. */
  insert(document: Document): void {
    const bytes = encodeStored(document);
    const id = this.#nextId;
    this.load(id, document);
    this.#changed(this, id, bytes);
  }

  /** Takes a document in without telling the listener, as when the file is read. */
  load(id: number, document: Document): void {
    this.#apply(id, this.#plan(id, undefined, document), document);
    this.#nextId = Math.max(this.#nextId, id + 1);
  }

  /** @throws CommandError 11000 or 10334; the old document stays then. */
  replace(old: Document, document: Document): void {
    const id = this.#idOf(old);
    const bytes = encodeStored(document);
    this.#apply(id, this.#plan(id, old, document), document);
    this.#changed(this, id, bytes);
  }

  remove(old: Document): void {
    const id = this.#idOf(old);
    for (const { index, before } of this.#plan(id, old, undefined)) index.remove(before, id);
    this.records.delete(id);
    this.#changed(this, id, undefined);
  }

  #idOf(document: Document): number {
    const id = this.#ids.get(document);
    if (id === undefined || this.records.get(id) !== document)
      throw new Error('the document is not stored here');
    return id;
  }

  #plan(id: number, old: Document | undefined, document: Document | undefined): Change[] {
    const changes: Change[] = [];
    for (const index of this.indexes.values()) {
      const before = old ? index.keysOf(old) : [];
      const after = document ? index.keysOf(document) : [];
      if (old && document && sameKeys(before, after)) continue;
      if (document) index.checkUnique(after, { id, document, namespace: this.namespace });
      changes.push({ index, before, after });
    }
    return changes;
  }

  #apply(id: number, changes: Change[], document: Document): void {
    for (const { index, before, after } of changes) {
      index.remove(before, id);
      index.add(after, id);
    }
    this.records.set(id, document);
    this.#ids.set(document, id);
  }

  /** @throws CommandError 11000 when stored documents share a key of a unique index; the index is not built then. */
  addIndex(spec: IndexSpec): void {
    const index = new IndexTree(spec);
    for (const [id, document] of this.records) {
      const keys = index.keysOf(document);
      index.checkUnique(keys, { id, document, namespace: this.namespace });
      index.add(keys, id);
    }
    this.indexes.set(spec.name, index);
  }
}

const sameKeys = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((key, i) => key === b[i]);
