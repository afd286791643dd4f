import { CommandError, notSupported } from '../errors.ts';
import { type Document, isDocument } from '../values/document.ts';
import type { StringOrder } from '../values/order.ts';
import type { PipelineContext } from './context.ts';
import { createEvaluator } from './evaluator.ts';
import { lookup } from './lookup.ts';
import { stages } from './stages.ts';

const foreign = new Set(
  '$changeStream $changeStreamSplitLargeEvent $currentOp $densify $fill $geoNear $graphLookup $listSessions $planCacheStats $redact $search $searchMeta $setWindowFields $shardedDataDistribution $vectorSearch $listLocalSessions $querySettings $out $merge'.split(
    ' ',
  ),
);
const initial = new Set(['$collStats', '$indexStats', '$documents']);
const reading = new Set(['$lookup', '$unionWith', '$facet']);

/** A stage's name; @throws CommandError 40323 when the stage does not have exactly one field. */
export function stageName(stage: Document): string {
  const names = Object.keys(stage);
  const [name] = names;
  if (name === undefined || names.length > 1)
    throw new CommandError(40323, 'A pipeline stage specification object must contain exactly one field.');
  return name;
}

/** @throws CommandError 40324 for stages MongoDB does not know, 115 for those this server lacks. */
export function checkPipeline(pipeline: readonly Document[]): void {
  for (const stage of pipeline) {
    const name = stageName(stage);
    if (Object.hasOwn(stages, name) || reading.has(name) || initial.has(name)) continue;
    throw foreign.has(name)
      ? notSupported(`the aggregation stage ${name}`)
      : new CommandError(40324, `Unrecognized pipeline stage name: '${name}'`);
  }
}

export function runPipeline(
  pipeline: readonly Document[],
  documents: Document[],
  context: PipelineContext,
): Document[] {
  checkPipeline(pipeline);
  return pipeline.reduce((input, stage) => runStage(stage, input, context), documents);
}

function runStage(stage: Document, documents: Document[], context: PipelineContext): Document[] {
  const name = stageName(stage);
  const operand = stage[name];
  const plain = Object.hasOwn(stages, name) ? stages[name] : undefined;
  if (plain) return plain(operand, documents, context);
  if (name === '$lookup') return lookup(operand, documents, context);
  if (name === '$unionWith') return [...documents, ...union(operand, context)];
  if (name === '$facet') return [facet(operand, documents, context)];
  throw new CommandError(40602, `${name} is only valid as the first stage in a pipeline`);
}

function facet(operand: unknown, documents: Document[], context: PipelineContext): Document {
  if (!isDocument(operand) || Object.keys(operand).length === 0)
    throw new CommandError(40169, 'the $facet specification must be a non-empty object');
  const results = Object.entries(operand).map(([name, pipeline]): [string, Document[]] => {
    if (!Array.isArray(pipeline))
      throw new CommandError(40170, `arguments to $facet must be arrays, ${name} is not`);
    return [name, runPipeline(pipeline.filter(isDocument), documents, context)];
  });
  return Object.fromEntries(results);
}

function union(operand: unknown, context: PipelineContext): Document[] {
  const spec: Document = isDocument(operand) ? operand : { coll: operand };
  if (typeof spec.coll !== 'string') throw new CommandError(9, 'the $unionWith stage must name a collection');
  const pipeline = Array.isArray(spec.pipeline) ? spec.pipeline.filter(isDocument) : [];
  return context.nested(pipeline, context.read(spec.coll), { variables: {}, collection: spec.coll });
}

/** A context for pipelines over a database's collections. */
export function createPipelineContext(source: {
  read: (collection: string) => Document[];
  strings: StringOrder | undefined;
  variables: Document;
}): PipelineContext {
  return {
    evaluate: createEvaluator(source.variables),
    strings: source.strings,
    read: source.read,
    nested: (pipeline, documents, { variables }) =>
      runPipeline(
        pipeline,
        documents,
        createPipelineContext({ ...source, variables: { ...source.variables, ...variables } }),
      ),
  };
}

const updateStages = new Set(['$addFields', '$set', '$project', '$unset', '$replaceRoot', '$replaceWith']);

/** An update written as a pipeline, for one document. @throws CommandError 72 for stages an update may not have. */
export function updateByPipeline(
  pipeline: readonly Document[],
  context: PipelineContext,
): (document: Document) => Document {
  checkPipeline(pipeline);
  const refused = pipeline.map(stageName).find((name) => !updateStages.has(name));
  if (refused) throw new CommandError(72, `${refused} is not allowed to be used within an update`);
  return (document) => {
    const [result = document] = runPipeline(pipeline, [document], context);
    const { _id, ...rest } = result;
    return _id === undefined && document._id !== undefined ? { _id: document._id, ...rest } : result;
  };
}
