import { BSONRegExp, ObjectId } from 'bson';
import { updateByPipeline } from '../aggregation/pipeline.ts';
import { badValue, CommandError, errorFields } from '../errors.ts';
import { search } from '../query/find.ts';
import type { Collection } from '../store/collection.ts';
import { type CompiledUpdate, compileUpdate } from '../update/update.ts';
import { upserted } from '../update/upsert.ts';
import { type Document, isDocument } from '../values/document.ts';
import { typeName } from '../values/kinds.ts';
import {
  collectionName,
  documents,
  flag,
  optionalDocument,
  requiredDocuments,
  wholeNumber,
} from './arguments.ts';
import { type Call, type Command, filterContext, pipelineContext } from './command.ts';

/** Runs one statement after the other; an ordered batch stops at the first that fails. */
function runStatements(
  call: Call,
  statements: Document[],
  run: (statement: Document, index: number) => void,
): Document {
  const ordered = call.body.ordered !== false;
  const writeErrors: Document[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      writeErrors.push({ index, ...errorFields(error) });
      if (ordered) break;
    }
  }
  return writeErrors.length > 0 ? { writeErrors } : {};
}

/** Stores a new document, giving it an `_id` when it has none. */
export function insertDocument(collection: Collection, document: Document): Document {
  const { _id = new ObjectId(), ...rest } = document;
  if (Array.isArray(_id) || _id instanceof BSONRegExp)
    throw new CommandError(53, `The '_id' value cannot be of type ${typeName(_id)}`);
  const dollar = Object.keys(rest).find((name) => name.startsWith('$'));
  if (dollar)
    throw new CommandError(52, `The dollar ($) prefixed field '${dollar}' is not valid for storage.`);
  const complete = { _id, ...rest };
  collection.insert(complete);
  return complete;
}

function insert(call: Call): Document {
  const name = collectionName(call.body, 'insert');
  const list = requiredDocuments(call.body, 'documents');
  const collection = call.engine.store.ensure(call.database, name);
  let n = 0;
  const errors = runStatements(call, list, (document) => {
    insertDocument(collection, document);
    n++;
  });
  return { n, ...errors };
}

/** The update of a statement, checked before any document is touched. */
export function statementUpdate(call: Call, statement: Document, filter: Document): CompiledUpdate {
  const { u } = statement;
  const context = filterContext(call, statement);
  const pipeline = Array.isArray(u)
    ? { pipeline: updateByPipeline(u.filter(isDocument), pipelineContext(call)) }
    : undefined;
  if (!pipeline && !isDocument(u))
    throw new CommandError(9, 'Update argument must be either an object or an array');
  return compileUpdate({
    filter,
    update: pipeline ?? (isDocument(u) ? u : {}),
    arrayFilters: documents(statement, 'arrayFilters'),
    context,
  });
}

interface UpdateCounts {
  n: number;
  modified: number;
  upsertedId?: unknown;
}

const updateFields = new Set([
  'q',
  'u',
  'c',
  'upsert',
  'multi',
  'arrayFilters',
  'collation',
  'hint',
  'sort',
  'upsertSupplied',
]);

function updateOne(call: Call, collection: Collection, statement: Document): UpdateCounts {
  const unknown = Object.keys(statement).find((field) => !updateFields.has(field));
  if (unknown) throw new CommandError(40415, `BSON field 'update.updates.${unknown}' is an unknown field.`);
  const filter = optionalDocument(statement, 'q') ?? {};
  const multi = flag(statement, 'multi');
  const update = statementUpdate(call, statement, filter);
  if (multi && update.replacement)
    throw new CommandError(9, 'multi update is not supported for replacement-style update');
  const sort = optionalDocument(statement, 'sort');
  const found = search(
    collection,
    { filter, sort, limit: multi ? undefined : 1 },
    filterContext(call, statement),
  );
  if (found.length === 0 && flag(statement, 'upsert')) {
    return { n: 1, modified: 0, upsertedId: insertDocument(collection, upserted(filter, update))._id };
  }
  let modified = 0;
  for (const document of found) if (replaceDocument(collection, document, update)) modified++;
  return { n: found.length, modified };
}

function replaceDocument(collection: Collection, document: Document, update: CompiledUpdate): boolean {
  const changed = update.apply(document);
  if (changed === document) return false;
  collection.replace(document, changed);
  return true;
}

function update(call: Call): Document {
  const name = collectionName(call.body, 'update');
  const statements = requiredDocuments(call.body, 'updates');
  const collection = call.engine.store.ensure(call.database, name);
  let n = 0;
  let nModified = 0;
  const upsertedIds: Document[] = [];
  const errors = runStatements(call, statements, (statement, index) => {
    const counts = updateOne(call, collection, statement);
    n += counts.n;
    nModified += counts.modified;
    if ('upsertedId' in counts) upsertedIds.push({ index, _id: counts.upsertedId });
  });
  return { n, nModified, ...(upsertedIds.length > 0 ? { upserted: upsertedIds } : {}), ...errors };
}

const deleteFields = new Set(['q', 'limit', 'collation', 'hint']);

function remove(call: Call): Document {
  const name = collectionName(call.body, 'delete');
  const statements = requiredDocuments(call.body, 'deletes');
  const collection = call.engine.store.find(call.database, name);
  let n = 0;
  const errors = runStatements(call, statements, (statement) => {
    const unknown = Object.keys(statement).find((field) => !deleteFields.has(field));
    if (unknown) throw new CommandError(40415, `BSON field 'delete.deletes.${unknown}' is an unknown field.`);
    const limit = wholeNumber(statement, 'limit');
    if (limit === undefined || limit > 1) throw badValue('The limit field in delete objects must be 0 or 1.');
    const filter = optionalDocument(statement, 'q') ?? {};
    const found = search(collection, { filter, limit: limit || undefined }, filterContext(call, statement));
    for (const document of found) collection?.remove(document);
    n += found.length;
  });
  return { n, ...errors };
}

export const writeCommands: Record<string, Command> = {
  insert: { fields: ['documents', 'ordered'], run: insert },
  update: { fields: ['updates', 'ordered'], run: update },
  delete: { fields: ['deletes', 'ordered'], run: remove },
};
