import { CommandError, notSupported } from '../errors.ts';
import { sortDocuments } from '../query/sort.ts';
import { type Document, isDocument } from '../values/document.ts';
import { kindOf } from '../values/kinds.ts';
import { compareValues } from '../values/order.ts';
import type { StageContext } from './context.ts';
import { checked } from './evaluator.ts';
import { group } from './group.ts';

/** `$bucket`: only buckets that hold documents are reported, in boundary order. */
export function bucket(operand: unknown, documents: Document[], { evaluate }: StageContext): Document[] {
  const { groupBy, boundaries, default: fallback, output } = parse(operand);
  const bounds = boundaries.map((boundary) => evaluate(checked(boundary), {}));
  checkBoundaries(bounds);
  const expression = checked(groupBy);
  const byBucket = new Map<Document, unknown>();
  for (const document of documents) {
    const value = evaluate(expression, document);
    const above = bounds.findIndex((bound) => compareValues(value, bound) < 0);
    if (above <= 0 && fallback === undefined) {
      throw new CommandError(
        40066,
        '$switch could not find a matching branch for an input, and no default was specified.',
      );
    }
    byBucket.set(document, above > 0 ? bounds[above - 1] : fallback);
  }
  return grouped(byBucket, output, evaluate);
}

/** Groups by a value known beforehand, keeping the output's expressions on the documents themselves. */
function grouped(
  byBucket: Map<Document, unknown>,
  output: Document,
  evaluate: StageContext['evaluate'],
): Document[] {
  const marker = {};
  const evaluated: StageContext['evaluate'] = (expression, document) =>
    expression === marker ? byBucket.get(document) : evaluate(expression, document);
  return sortDocuments(group({ _id: marker, ...output }, [...byBucket.keys()], evaluated), { _id: 1 });
}

function parse(operand: unknown): {
  groupBy: unknown;
  boundaries: unknown[];
  default: unknown;
  output: Document;
} {
  if (!isDocument(operand)) throw new CommandError(40201, 'Argument to $bucket stage must be an object');
  const { groupBy, boundaries, output = { count: { $sum: 1 } } } = operand;
  if (groupBy === undefined || !Array.isArray(boundaries))
    throw new CommandError(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  if (boundaries.length < 2)
    throw new CommandError(
      40192,
      `The $bucket 'boundaries' field must have at least 2 values, but found ${boundaries.length} value(s).`,
    );
  if (!isDocument(output)) throw new CommandError(40196, "The $bucket 'output' field must be an object");
  return { groupBy, boundaries, default: operand.default, output };
}

function checkBoundaries(bounds: unknown[]): void {
  for (const [i, bound] of bounds.entries()) {
    if (i === 0) continue;
    if (kindOf(bound) !== kindOf(bounds[i - 1]))
      throw new CommandError(
        40193,
        "All values in the the 'boundaries' option to $bucket must have the same type.",
      );
    if (compareValues(bounds[i - 1], bound) >= 0)
      throw new CommandError(40194, "The 'boundaries' option to $bucket must be sorted");
  }
}

/** `$bucketAuto` without a granularity: as many documents in each bucket as the values allow. */
export function bucketAuto(operand: unknown, documents: Document[], { evaluate }: StageContext): Document[] {
  if (!isDocument(operand)) throw new CommandError(40240, 'The argument to $bucketAuto must be an object');
  const { groupBy, buckets, output = { count: { $sum: 1 } }, granularity } = operand;
  if (granularity !== undefined) throw notSupported('the granularity of $bucketAuto');
  if (typeof buckets !== 'number' || buckets < 1)
    throw new CommandError(40243, "The $bucketAuto 'buckets' field must be greater than 0");
  if (!isDocument(output)) throw new CommandError(40244, "The $bucketAuto 'output' field must be an object");
  const expression = checked(groupBy);
  const rows = documents.map((document) => ({ document, value: evaluate(expression, document) ?? null }));
  rows.sort((a, b) => compareValues(a.value, b.value));
  return cut(rows, buckets).map(({ rows: part, max }) => {
    const byBucket = new Map(part.map((row): [Document, unknown] => [row.document, null]));
    const [result = {}] = grouped(byBucket, output, evaluate);
    return { ...result, _id: { min: part[0]?.value, max } };
  });
}

interface Row {
  document: Document;
  value: unknown;
}

function cut(rows: Row[], buckets: number): { rows: Row[]; max: unknown }[] {
  const size = Math.max(1, Math.round(rows.length / buckets));
  const parts: { rows: Row[]; max: unknown }[] = [];
  for (let start = 0; start < rows.length; ) {
    let end = parts.length === buckets - 1 ? rows.length : Math.min(rows.length, start + size);
    while (end < rows.length && compareValues(rows[end]?.value, rows[end - 1]?.value) === 0) end++;
    parts.push({ rows: rows.slice(start, end), max: rows[Math.min(end, rows.length - 1)]?.value });
    start = end;
  }
  return parts;
}
