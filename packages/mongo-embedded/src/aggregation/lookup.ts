import { CommandError } from '../errors.ts';
import { compileFilter } from '../query/filter.ts';
import { type Document, isDocument } from '../values/document.ts';
import { encodeKey } from '../values/keys.ts';
import { splitPath, tuplesOf } from '../values/paths.ts';
import type { PipelineContext } from './context.ts';

interface Join {
  from: string;
  as: string;
  localField: string | undefined;
  foreignField: string | undefined;
  variables: Document;
  pipeline: Document[];
}

const known = new Set(['from', 'as', 'localField', 'foreignField', 'let', 'pipeline']);

/** `$lookup`, by equal fields, by a pipeline, or both. */
export function lookup(operand: unknown, documents: Document[], context: PipelineContext): Document[] {
  const join = parse(operand);
  const foreign = context.read(join.from);
  const partners =
    join.localField !== undefined && join.foreignField !== undefined
      ? byField(foreign, { local: join.localField, foreign: join.foreignField })
      : () => foreign;
  return documents.map((document) => {
    const found = partners(document);
    const joined = join.pipeline.length > 0 ? joinPipeline(join, { document, found }, context) : found;
    return withField(document, splitPath(join.as), joined);
  });
}

function joinPipeline(
  join: Join,
  { document, found }: { document: Document; found: Document[] },
  context: PipelineContext,
): Document[] {
  const variables = Object.fromEntries(
    Object.entries(join.variables).map(([name, value]) => [name, context.evaluate(value, document)]),
  );
  return context.nested(join.pipeline, found, { variables, collection: join.from });
}

function parse(operand: unknown): Join {
  if (!isDocument(operand)) throw new CommandError(9, 'the $lookup specification must be an Object');
  const unknown = Object.keys(operand).find((name) => !known.has(name));
  if (unknown) throw new CommandError(9, `unknown argument to $lookup: ${unknown}`);
  const { from, as, localField, foreignField, let: variables = {}, pipeline = [] } = operand;
  if (typeof from !== 'string' || typeof as !== 'string')
    throw new CommandError(9, "$lookup needs string arguments 'from' and 'as'");
  const byFields = typeof localField === 'string' && typeof foreignField === 'string';
  if (!byFields && !Array.isArray(operand.pipeline))
    throw new CommandError(
      9,
      '$lookup requires both or neither of localField and foreignField to be specified',
    );
  return {
    from,
    as,
    localField: byFields ? localField : undefined,
    foreignField: byFields ? foreignField : undefined,
    variables: isDocument(variables) ? variables : {},
    pipeline: Array.isArray(pipeline) ? pipeline.filter(isDocument) : [],
  };
}

/** Equality as a filter means it: each element of an array joins, and missing joins null. */
function byField(
  foreign: Document[],
  fields: { local: string; foreign: string },
): (document: Document) => Document[] {
  const buckets = new Map<string, Set<Document>>();
  const foreignPath = [splitPath(fields.foreign)];
  for (const document of foreign) {
    for (const [value] of tuplesOf(document, foreignPath)) {
      const key = encodeKey(value);
      buckets.set(key, (buckets.get(key) ?? new Set()).add(document));
    }
  }
  const localPath = [splitPath(fields.local)];
  return (document) => {
    const keys = tuplesOf(document, localPath)
      .filter(([value]) => value !== undefined)
      .map(([value]) => encodeKey(value));
    const found = new Set(keys.flatMap((key) => [...(buckets.get(key) ?? [])]));
    if (!tuplesOf(document, localPath).some(([value]) => value === null)) return inOrder(foreign, found);
    const nullTest = compileFilter({ [fields.foreign]: null });
    return inOrder(
      foreign,
      new Set([...found].filter((candidate) => nullTest(candidate) || !isNullOnly(candidate, foreignPath))),
    );
  };
}

const isNullOnly = (document: Document, path: string[][]): boolean =>
  tuplesOf(document, path).every(([value]) => value === null);

const inOrder = (foreign: Document[], found: Set<Document>): Document[] =>
  found.size < 2 ? [...found] : foreign.filter((document) => found.has(document));

function withField(document: Document, [name = '', ...rest]: readonly string[], value: unknown): Document {
  if (rest.length === 0) return { ...document, [name]: value };
  const child = document[name];
  return { ...document, [name]: withField(isDocument(child) ? child : {}, rest, value) };
}
