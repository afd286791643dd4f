import type { PipelineContext } from '../aggregation/context.ts';
import { createEvaluator, type Evaluate } from '../aggregation/evaluator.ts';
import { createPipelineContext } from '../aggregation/pipeline.ts';
import type { Authentication } from '../authentication.ts';
import type { Cursors } from '../cursors.ts';
import { CommandError, notSupported } from '../errors.ts';
import { stringOrder } from '../query/collation.ts';
import type { FilterContext } from '../query/filter.ts';
import type { Store } from '../store/store.ts';
import type { Document } from '../values/document.ts';
import { optionalDocument } from './arguments.ts';

/** What all connections share. */
export interface Engine {
  store: Store;
  cursors: Cursors;
  address: () => string;
  connectionCount: () => number;
}

/** One command on its way through the server. */
export interface Call {
  engine: Engine;
  authentication: Authentication;
  connectionId: number;
  name: string;
  database: string;
  body: Document;
}

export interface Command {
  /** Field names the command takes besides its own name and the ones every command takes. */
  fields: readonly string[];
  /** Fields that ask for something this server does not do, unless they are false, zero or absent. */
  refused?: readonly string[];
  /** May be run before a user has authenticated. */
  open?: boolean;
  run: (call: Call) => Document;
}

const common = new Set(
  'lsid $db $readPreference $clusterTime writeConcern readConcern comment maxTimeMS apiVersion apiStrict apiDeprecationErrors txnNumber stmtId autocommit startTransaction bypassDocumentValidation bypassEmptyTsReplacement let collation hint'.split(
    ' ',
  ),
);

/** @throws CommandError 40415 for unknown fields, 115 for refused ones. */
export function checkFields(command: Command, { name, body }: Pick<Call, 'name' | 'body'>): void {
  for (const field of Object.keys(body)) {
    if (field === name || common.has(field) || command.fields.includes(field)) continue;
    if (!command.refused?.includes(field))
      throw new CommandError(40415, `BSON field '${name}.${field}' is an unknown field.`);
    const value = body[field];
    if (value !== false && value !== 0 && value !== null)
      throw notSupported(`the field '${field}' of ${name}`);
  }
}

/** What a statement's filters and expressions may use: the collation it names and the command's `let`. */
export function filterContext(
  call: Call,
  statement: Document = call.body,
): FilterContext & { evaluate: Evaluate } {
  const strings = stringOrder(statement.collation);
  return { strings, evaluate: createEvaluator(optionalDocument(call.body, 'let')) };
}

export function pipelineContext(call: Call): PipelineContext {
  return createPipelineContext({
    read: (name) => [...(call.engine.store.find(call.database, name)?.records.values() ?? [])],
    strings: stringOrder(call.body.collation),
    variables: optionalDocument(call.body, 'let') ?? {},
  });
}
