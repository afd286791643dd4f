import { checkPipeline, runPipeline, stageName } from '../aggregation/pipeline.ts';
import { CommandError, notSupported } from '../errors.ts';
import { search } from '../query/find.ts';
import { compileProjection } from '../query/projection.ts';
import { type Document, isDocument } from '../values/document.ts';
import { encodeKey } from '../values/keys.ts';
import { someAt, splitPath } from '../values/paths.ts';
import { collectionName, documents, flag, optionalDocument, wholeNumber } from './arguments.ts';
import { type Call, type Command, filterContext, pipelineContext } from './command.ts';
import { explainPlan } from './explain.ts';
import { leadingSearch } from './leading-search.ts';

function find(call: Call): Document {
  const { body, engine, database } = call;
  const name = collectionName(body, 'find');
  const context = filterContext(call);
  const filter = optionalDocument(body, 'filter') ?? {};
  const found = search(
    engine.store.find(database, name),
    {
      filter,
      sort: optionalDocument(body, 'sort'),
      skip: wholeNumber(body, 'skip'),
      limit: wholeNumber(body, 'limit') || undefined,
    },
    context,
  );
  const projection = optionalDocument(body, 'projection');
  const projected =
    projection && Object.keys(projection).length > 0
      ? found.map(compileProjection(projection, { ...context, filter }))
      : found;
  return engine.cursors.start(`${database}.${name}`, projected, {
    batchSize: wholeNumber(body, 'batchSize'),
    single: flag(body, 'singleBatch'),
  });
}

function count(call: Call): Document {
  const { body, engine, database } = call;
  const filter = optionalDocument(body, 'query') ?? {};
  const collection = engine.store.find(database, collectionName(body, 'count'));
  const limit = Math.abs(Number(body.limit ?? 0)) || undefined;
  return {
    n: search(collection, { filter, skip: wholeNumber(body, 'skip'), limit }, filterContext(call)).length,
  };
}

function distinct(call: Call): Document {
  const { body, engine, database } = call;
  if (typeof body.key !== 'string')
    throw new CommandError(40414, "BSON field 'distinct.key' is missing but a required field");
  if (body.collation !== undefined) throw notSupported('distinct with a collation');
  const path = splitPath(body.key);
  const values = new Map<string, unknown>();
  const note = (value: unknown): boolean => {
    for (const item of Array.isArray(value) ? value : [value])
      if (item !== undefined) values.set(encodeKey(item), item);
    return false;
  };
  const collection = engine.store.find(database, collectionName(body, 'distinct'));
  const found = search(collection, { filter: optionalDocument(body, 'query') ?? {} }, filterContext(call));
  for (const document of found) someAt(document, path, { leaf: 'whole', test: note });
  return { values: [...values.values()] };
}

function aggregate(call: Call): Document {
  const { body, engine, database } = call;
  const pipeline = documents(body, 'pipeline');
  checkPipeline(pipeline);
  const cursor = optionalDocument(body, 'cursor');
  if (flag(body, 'explain')) return explainPlan(call, body);
  if (!cursor)
    throw new CommandError(
      9,
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  const collectionless = body.aggregate === 1;
  const name = collectionless ? '$cmd.aggregate' : collectionName(body, 'aggregate');
  const { input, rest } = source(call, pipeline, name);
  const result = runPipeline(rest, input, pipelineContext(call));
  return engine.cursors.start(`${database}.${name}`, result, { batchSize: wholeNumber(cursor, 'batchSize') });
}

/** The documents a pipeline begins with: its leading stages are answered from the indexes. */
function source(call: Call, pipeline: Document[], name: string): { input: Document[]; rest: Document[] } {
  const [first] = pipeline;
  const collection = call.engine.store.find(call.database, name);
  const head = first ? stageName(first) : '';
  if (head === '$documents')
    return { input: givenDocuments(call, first?.$documents), rest: pipeline.slice(1) };
  if (head === '$collStats') {
    const size = collection?.records.size ?? 0;
    return {
      input: [{ ns: `${call.database}.${name}`, count: size, storageStats: { count: size } }],
      rest: pipeline.slice(1),
    };
  }
  if (head === '$indexStats') {
    return {
      input: (collection?.specs ?? []).map(({ name: index, key }) => ({ name: index, key })),
      rest: pipeline.slice(1),
    };
  }
  const { wanted, used } = leadingSearch(pipeline);
  return { input: search(collection, wanted, filterContext(call)), rest: pipeline.slice(used) };
}

function givenDocuments(call: Call, expression: unknown): Document[] {
  const list = pipelineContext(call).evaluate(expression, {});
  if (Array.isArray(list) && list.every(isDocument)) return list;
  throw new CommandError(5858203, '$documents must evaluate to an array of objects');
}

export const readCommands: Record<string, Command> = {
  find: {
    fields: [
      'filter',
      'sort',
      'projection',
      'skip',
      'limit',
      'batchSize',
      'singleBatch',
      'allowDiskUse',
      'noCursorTimeout',
      'allowPartialResults',
    ],
    refused: ['min', 'max', 'returnKey', 'showRecordId', 'tailable', 'awaitData', 'oplogReplay'],
    run: find,
  },
  count: { fields: ['query', 'limit', 'skip', 'fields'], run: count },
  distinct: { fields: ['key', 'query'], run: distinct },
  aggregate: { fields: ['pipeline', 'cursor', 'allowDiskUse', 'explain'], run: aggregate },
};
