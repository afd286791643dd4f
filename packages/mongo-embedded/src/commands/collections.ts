import { CommandError } from '../errors.ts';
import { compileFilter } from '../query/filter.ts';
import type { Collection } from '../store/collection.ts';
import type { Document } from '../values/document.ts';
import { collectionName, flag, optionalDocument } from './arguments.ts';
import type { Call, Command } from './command.ts';

const EVERYTHING = { batchSize: Number.POSITIVE_INFINITY };

function create({ engine, database, body }: Call): Document {
  const name = collectionName(body, 'create');
  if (engine.store.find(database, name))
    throw new CommandError(48, `Collection ${database}.${name} already exists.`);
  engine.store.ensure(database, name);
  return {};
}

function drop({ engine, database, body }: Call): Document {
  const collection = engine.store.find(database, collectionName(body, 'drop'));
  if (!collection) return {};
  const nIndexesWas = collection.indexes.size;
  engine.store.drop(collection);
  return { nIndexesWas, ns: collection.namespace };
}

function listCollections({ engine, database, body }: Call): Document {
  const test = compileFilter(optionalDocument(body, 'filter') ?? {});
  const nameOnly = flag(body, 'nameOnly');
  const found = engine.store
    .collections(database)
    .map((collection) => describe(collection, nameOnly))
    .filter(test);
  return engine.cursors.start(`${database}.$cmd.listCollections`, found, EVERYTHING);
}

function describe({ name }: Collection, nameOnly: boolean): Document {
  const brief = { name, type: 'collection' };
  return nameOnly
    ? brief
    : { ...brief, options: {}, info: { readOnly: false }, idIndex: { v: 2, key: { _id: 1 }, name: '_id_' } };
}

function listDatabases({ engine, authentication, body }: Call): Document {
  const test = compileFilter(optionalDocument(body, 'filter') ?? {});
  const names = engine.store.databaseNames().filter((name) => authentication.mayUse(name));
  const databases = names
    .map((name) => (flag(body, 'nameOnly') ? { name } : { name, sizeOnDisk: 0, empty: false }))
    .filter(test);
  return { databases, totalSize: 0 };
}

function databaseStats({ engine, database }: Call): Document {
  const collections = engine.store.collections(database);
  const sum = (count: (collection: Collection) => number) =>
    collections.reduce((total, collection) => total + count(collection), 0);
  return {
    db: database,
    collections: collections.length,
    objects: sum((c) => c.records.size),
    indexes: sum((c) => c.indexes.size),
  };
}

export const collectionCommands: Record<string, Command> = {
  create: {
    fields: ['autoIndexId', 'idIndex'],
    refused: [
      'capped',
      'size',
      'max',
      'validator',
      'validationLevel',
      'validationAction',
      'viewOn',
      'pipeline',
      'timeseries',
      'expireAfterSeconds',
      'clusteredIndex',
      'changeStreamPreAndPostImages',
      'encryptedFields',
    ],
    run: create,
  },
  drop: { fields: [], run: drop },
  dropDatabase: {
    fields: [],
    run: ({ engine, database }) => {
      for (const collection of engine.store.collections(database)) engine.store.drop(collection);
      return { dropped: database };
    },
  },
  listCollections: {
    fields: ['filter', 'nameOnly', 'cursor', 'authorizedCollections'],
    run: listCollections,
  },
  listDatabases: { fields: ['filter', 'nameOnly', 'authorizedDatabases'], run: listDatabases },
  dbStats: { fields: ['scale', 'freeStorage'], run: databaseStats },
  collStats: {
    fields: ['scale'],
    run: ({ engine, database, body }) => {
      const collection = engine.store.find(database, collectionName(body, 'collStats'));
      return {
        ns: `${database}.${String(body.collStats)}`,
        count: collection?.records.size ?? 0,
        nindexes: collection?.indexes.size ?? 0,
      };
    },
  },
};
