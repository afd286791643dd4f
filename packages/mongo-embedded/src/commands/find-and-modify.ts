import { CommandError } from '../errors.ts';
import { search } from '../query/find.ts';
import { compileProjection } from '../query/projection.ts';
import type { Collection } from '../store/collection.ts';
import { upserted } from '../update/upsert.ts';
import type { Document } from '../values/document.ts';
import { collectionName, flag, optionalDocument } from './arguments.ts';
import { type Call, type Command, filterContext } from './command.ts';
import { insertDocument, statementUpdate } from './writes.ts';

interface Target {
  filter: Document;
  found: Document | undefined;
  shown: (document: Document) => Document;
}

function findAndModify(call: Call): Document {
  const { body } = call;
  const name = collectionName(body, call.name);
  const removing = flag(body, 'remove');
  if (removing === (body.update !== undefined)) {
    throw new CommandError(
      9,
      removing
        ? 'Cannot specify both an update and remove=true'
        : 'Either an update or remove=true must be specified',
    );
  }
  if (removing && flag(body, 'new'))
    throw new CommandError(
      9,
      "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
    );
  const filter = optionalDocument(body, 'query') ?? {};
  const context = filterContext(call);
  const collection = removing
    ? call.engine.store.find(call.database, name)
    : call.engine.store.ensure(call.database, name);
  const [found] = search(collection, { filter, sort: optionalDocument(body, 'sort'), limit: 1 }, context);
  const fields = optionalDocument(body, 'fields');
  const projected = fields && Object.keys(fields).length > 0;
  const shown = projected
    ? compileProjection(fields, { ...context, filter })
    : (document: Document) => document;
  const target = { filter, found, shown };
  return removing || !collection ? removeFound(collection, target) : updateFound(call, collection, target);
}

function removeFound(collection: Collection | undefined, { found, shown }: Target): Document {
  if (!found) return { lastErrorObject: { n: 0 }, value: null };
  const value = shown(found);
  collection?.remove(found);
  return { lastErrorObject: { n: 1 }, value };
}

function updateFound(call: Call, collection: Collection, { filter, found, shown }: Target): Document {
  const { body } = call;
  const statement = { u: body.update, arrayFilters: body.arrayFilters, collation: body.collation };
  const update = statementUpdate(call, statement, filter);
  const returnsNew = flag(body, 'new');
  if (!found) {
    if (!flag(body, 'upsert')) return { lastErrorObject: { n: 0, updatedExisting: false }, value: null };
    const inserted = insertDocument(collection, upserted(filter, update));
    return {
      lastErrorObject: { n: 1, updatedExisting: false, upserted: inserted._id },
      value: returnsNew ? shown(inserted) : null,
    };
  }
  const before = returnsNew ? undefined : shown(found);
  const changed = update.apply(found);
  if (changed !== found) collection.replace(found, changed);
  return { lastErrorObject: { n: 1, updatedExisting: true }, value: before ?? shown(changed) };
}

const fields = ['query', 'sort', 'remove', 'update', 'new', 'fields', 'upsert', 'arrayFilters'];

export const findAndModifyCommands: Record<string, Command> = {
  findAndModify: { fields, run: findAndModify },
  findandmodify: { fields, run: findAndModify },
};
