import { CommandError } from '../errors.ts';
import type { Collection } from '../store/collection.ts';
import { type IndexSpec, parseIndexSpec, sameIndex, samePattern } from '../store/index-spec.ts';
import { type Document, isDocument } from '../values/document.ts';
import { isNumberValue } from '../values/kinds.ts';
import { toNumber } from '../values/numbers.ts';
import { collectionName, optionalDocument, requiredDocuments } from './arguments.ts';
import type { Call, Command } from './command.ts';

function createIndexes({ engine, database, body }: Call): Document {
  const name = collectionName(body, 'createIndexes');
  const specs = requiredDocuments(body, 'indexes').map(parseIndexSpec);
  const createdCollectionAutomatically = engine.store.find(database, name) === undefined;
  const collection = engine.store.ensure(database, name);
  const numIndexesBefore = collection.indexes.size;
  for (const spec of specs) if (!existing(collection, spec)) collection.addIndex(spec);
  engine.store.saveIndexes(collection);
  const numIndexesAfter = collection.indexes.size;
  const note = numIndexesAfter === numIndexesBefore ? { note: 'all indexes already exist' } : {};
  return { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically, ...note };
}

/** @throws CommandError 85 or 86 when another index has this name or this key. */
function existing(collection: Collection, spec: IndexSpec): boolean {
  if (samePattern(spec.key, { _id: 1 })) return true;
  const named = collection.indexes.get(spec.name);
  if (named) {
    if (sameIndex(named.spec, spec)) return true;
    throw new CommandError(
      86,
      `An existing index has the same name as the requested index. Requested index: ${JSON.stringify(spec)}, existing index: ${JSON.stringify(named.spec)}`,
    );
  }
  const twin = collection.specs.find((other) => samePattern(other.key, spec.key) && samePartial(other, spec));
  if (!twin) return false;
  throw new CommandError(85, `Index already exists with a different name: ${twin.name}`);
}

const samePartial = (a: IndexSpec, b: IndexSpec): boolean =>
  samePattern(a.partialFilterExpression ?? {}, b.partialFilterExpression ?? {});

function listIndexes({ engine, database, body }: Call): Document {
  const name = collectionName(body, 'listIndexes');
  const specs = engine.store.need(database, name).specs.map((spec) => ({ ...spec }));
  return engine.cursors.start(`${database}.${name}`, specs, { batchSize: Number.POSITIVE_INFINITY });
}

function dropIndexes({ engine, database, body }: Call): Document {
  const name = collectionName(body, 'dropIndexes');
  const collection = engine.store.find(database, name);
  if (!collection) throw new CommandError(26, `ns not found ${database}.${name}`);
  const nIndexesWas = collection.indexes.size;
  for (const dropped of indexesToDrop(collection, body.index)) collection.indexes.delete(dropped);
  engine.store.saveIndexes(collection);
  return { nIndexesWas };
}

function indexesToDrop(collection: Collection, wanted: unknown): string[] {
  if (wanted === '*') return collection.specs.map((spec) => spec.name).filter((name) => name !== '_id_');
  return (Array.isArray(wanted) ? wanted : [wanted]).map((one: unknown) => {
    const spec = collection.specs.find((candidate) =>
      isDocument(one) ? samePattern(candidate.key, one) : candidate.name === one,
    );
    if (!spec)
      throw new CommandError(
        27,
        `index not found with name [${isDocument(one) ? JSON.stringify(one) : String(one)}]`,
      );
    if (spec.name === '_id_') throw new CommandError(72, 'cannot drop _id index');
    return spec.name;
  });
}

/** Changes what may be changed of an index: its time to live and whether it is hidden. */
function collMod({ engine, database, body }: Call): Document {
  const collection = engine.store.need(database, collectionName(body, 'collMod'));
  const change = optionalDocument(body, 'index');
  if (!change) return {};
  const { name, keyPattern, expireAfterSeconds, hidden } = change;
  const spec = collection.specs.find((one) =>
    typeof name === 'string' ? one.name === name : isDocument(keyPattern) && samePattern(one.key, keyPattern),
  );
  if (!spec) throw new CommandError(27, `cannot find index ${String(name)} for ns ${collection.namespace}`);
  if (isNumberValue(expireAfterSeconds)) spec.expireAfterSeconds = toNumber(expireAfterSeconds);
  if (typeof hidden === 'boolean') spec.hidden = hidden;
  engine.store.saveIndexes(collection);
  return {};
}

export const indexCommands: Record<string, Command> = {
  createIndexes: { fields: ['indexes', 'commitQuorum'], run: createIndexes },
  listIndexes: { fields: ['cursor'], run: listIndexes },
  dropIndexes: { fields: ['index'], run: dropIndexes },
  deleteIndexes: { fields: ['index'], run: dropIndexes },
  collMod: {
    fields: ['index'],
    refused: ['validator', 'validationLevel', 'validationAction', 'viewOn', 'pipeline'],
    run: collMod,
  },
};
