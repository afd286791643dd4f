import { BSONRegExp, ObjectId } from 'bson';
import { CommandError } from '../errors.ts';
import { compileFilter, type Test } from '../query/filter.ts';
import type { Document } from '../values/document.ts';
import { encodeKey, invertKey } from '../values/keys.ts';
import { isIndex, someAt, splitPath, type Tuple, tuplesOf } from '../values/paths.ts';
import type { IndexSpec } from './index-spec.ts';
import { beginningWith, SortedEntries } from './sorted-entries.ts';

export interface IndexField {
  name: string;
  path: string[];
  descending: boolean;
}

/** One index of a collection: its specification and its ordered entries. */
export class IndexTree {
  readonly spec: IndexSpec;
  readonly fields: IndexField[];
  readonly entries = new SortedEntries();
  readonly unique: boolean;
  /** Has a path part like `0`, which a filter may also read as a field name; such an index serves uniqueness only. */
  readonly positional: boolean;
  /** Whether any document ever had more than one key here; such an index cannot give an order. */
  multikey = false;
  readonly #covers: Test | undefined;

  constructor(spec: IndexSpec) {
    this.spec = spec;
    this.unique = spec.unique === true || spec.name === '_id_';
    this.fields = Object.entries(spec.key).map(([name, direction]) => ({
      name,
      path: splitPath(name),
      descending: direction < 0,
    }));
    this.positional = this.fields.some((field) => field.path.some(isIndex));
    this.#covers = spec.partialFilterExpression ? compileFilter(spec.partialFilterExpression) : undefined;
  }

  /** @throws CommandError 171 for a document whose indexed fields lie in different arrays. */
  keysOf(document: Document): string[] {
    if (this.#covers && !this.#covers(document)) return [];
    if (this.spec.sparse && this.fields.every((field) => !present(document, field.path))) return [];
    const tuples = tuplesOf(
      document,
      this.fields.map((field) => field.path),
    );
    const keys = tuples.map((tuple) => this.#encode(tuple));
    return keys.length > 1 ? [...new Set(keys)] : keys;
  }

  encodeField(value: unknown, at: number): string {
    const key = encodeKey(value);
    return this.fields[at]?.descending ? invertKey(key) : key;
  }

  #encode(tuple: Tuple): string {
    return tuple.map((value, i) => this.encodeField(value, i)).join('');
  }

  /** @throws CommandError 11000 when another record holds one of the keys. */
  checkUnique(keys: readonly string[], owner: { id: number; document: Document; namespace: string }): void {
    if (!this.unique) return;
    for (const key of keys) {
      for (const id of this.entries.ids(beginningWith(key))) {
        if (id !== owner.id) throw this.#duplicate(key, owner);
      }
    }
  }

  #duplicate(key: string, { document, namespace }: { document: Document; namespace: string }): CommandError {
    const tuples = tuplesOf(
      document,
      this.fields.map((field) => field.path),
    );
    const tuple = tuples.find((candidate) => this.#encode(candidate) === key) ?? [];
    const keyValue = Object.fromEntries(this.fields.map((field, i) => [field.name, tuple[i] ?? null]));
    const shown = Object.entries(keyValue)
      .map(([name, value]) => `${name}: ${show(value)}`)
      .join(', ');
    return new CommandError(
      11000,
      `E11000 duplicate key error collection: ${namespace} index: ${this.spec.name} dup key: { ${shown} }`,
      { keyPattern: this.spec.key, keyValue },
    );
  }

  add(keys: readonly string[], id: number): void {
    if (keys.length > 1) this.multikey = true;
    for (const key of keys) this.entries.add(key, id);
  }

  remove(keys: readonly string[], id: number): void {
    for (const key of keys) this.entries.remove(key, id);
  }
}

const present = (document: Document, path: string[]): boolean =>
  someAt(document, path, { leaf: 'whole', test: (value) => value !== undefined });

function show(value: unknown): string {
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (value instanceof BSONRegExp) return `/${value.pattern}/${value.options}`;
  return JSON.stringify(value) ?? 'null';
}
