import { BSONRegExp, ObjectId } from 'bson';
import { CommandError } from '../errors.ts';
import { isOperatorDocument } from '../query/operation.ts';
import { copyOf, type Document, fieldOf, isDocument } from '../values/document.ts';
import { slotAt } from './paths.ts';
import type { CompiledUpdate } from './update.ts';

/** The document an upsert inserts: the filter's equalities, then the update, with `_id` first. */
export function upserted(filter: Document, update: CompiledUpdate): Document {
  const base = equalities(filter);
  const start = update.replacement ? onlyId(base) : base;
  const { _id = new ObjectId(), ...rest } = update.apply(start, { inserting: true });
  return { _id, ...rest };
}

const onlyId = (base: Document): Document => {
  const id = fieldOf(base, '_id');
  return id === undefined ? {} : { _id: id };
};

function equalities(filter: Document, base: Document = {}): Document {
  for (const [name, condition] of Object.entries(filter)) {
    for (const part of conjunctsIn(name, condition)) equalities(part, base);
    const value = name.startsWith('$') ? undefined : equalTo(condition);
    if (value !== undefined) assign(base, name, value);
  }
  return base;
}

/** A disjunction of one is a conjunction too. */
function conjunctsIn(name: string, condition: unknown): Document[] {
  if (!Array.isArray(condition)) return [];
  return name === '$and' || (name === '$or' && condition.length === 1) ? condition.filter(isDocument) : [];
}

function equalTo(condition: unknown): unknown {
  if (condition instanceof BSONRegExp) return undefined;
  if (!isOperatorDocument(condition)) return condition;
  const { $eq, $in, $all } = condition;
  if ($eq !== undefined) return $eq;
  for (const list of [$in, $all]) {
    if (
      Array.isArray(list) &&
      list.length === 1 &&
      !(list[0] instanceof BSONRegExp) &&
      !isOperatorDocument(list[0])
    )
      return list[0];
  }
  return undefined;
}

function assign(base: Document, path: string, value: unknown): void {
  const parts = path.split('.');
  const slot = slotAt(base, parts, { create: true });
  if (slot?.read() !== undefined)
    throw new CommandError(54, `cannot infer query fields to set, path '${path}' is matched twice`);
  slot?.write(copyOf(value));
}
