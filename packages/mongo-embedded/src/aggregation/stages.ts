import { CommandError, typeMismatch } from '../errors.ts';
import { compileFilter } from '../query/filter.ts';
import { compileProjection, type Node, place, project, type Tree } from '../query/projection.ts';
import { checkSort, sortDocuments } from '../query/sort.ts';
import { type Document, isDocument } from '../values/document.ts';
import { isNumberValue, typeName } from '../values/kinds.ts';
import { toNumber } from '../values/numbers.ts';
import { splitPath } from '../values/paths.ts';
import { bucket, bucketAuto } from './buckets.ts';
import type { StageContext } from './context.ts';
import { checked, type Evaluate } from './evaluator.ts';
import { group } from './group.ts';
import { unwind } from './unwind.ts';

export type Stage = (operand: unknown, documents: Document[], context: StageContext) => Document[];

const documentOperand = (name: string, operand: unknown): Document => {
  if (isDocument(operand)) return operand;
  throw typeMismatch(`the ${name} specification must be an object`);
};

function count(name: string, operand: unknown, { least }: { least: number }): number {
  const value = isNumberValue(operand) ? toNumber(operand) : Number.NaN;
  if (Number.isInteger(value) && value >= least) return value;
  throw new CommandError(
    name === '$limit' ? 15958 : 15956,
    `invalid argument to ${name} stage: Expected a ${least > 0 ? 'positive' : 'non-negative'} number in: ${name}: ${String(operand)}`,
  );
}

const projectStage: Stage = (operand, documents, context) => {
  const spec = documentOperand('$project', operand);
  if (Object.keys(spec).length === 0)
    throw new CommandError(51272, 'projection specification must have at least one field');
  return documents.map(compileProjection(spec, context));
};

const addFields: Stage = (operand, documents, { evaluate }) => {
  const tree: Tree = new Map();
  for (const [name, value] of Object.entries(documentOperand('$addFields', operand)))
    addField(tree, [name, value], evaluate);
  return documents.map((document) => project(document, tree, { including: false, root: document }));
};

function addField(tree: Tree, [name, value]: [string, unknown], evaluate: Evaluate): void {
  const nested =
    isDocument(value) && Object.keys(value).length > 0 && !Object.keys(value)[0]?.startsWith('$');
  if (nested) {
    for (const [child, inner] of Object.entries(value)) addField(tree, [`${name}.${child}`, inner], evaluate);
    return;
  }
  const expression = checked(value);
  const node: Node = { compute: (_old, document) => evaluate(expression, document) };
  place(tree, splitPath(name), node);
}

const unset: Stage = (operand, documents, context) => {
  const names = Array.isArray(operand) ? operand : [operand];
  if (names.length === 0 || !names.every((name) => typeof name === 'string')) {
    throw new CommandError(31002, '$unset specification must be a string or an array of strings');
  }
  return documents.map(compileProjection(Object.fromEntries(names.map((name) => [name, 0])), context));
};

const replaceRoot: Stage = (operand, documents, { evaluate }) => {
  const expression = checked(operand);
  return documents.map((document) => {
    const root = evaluate(expression, document);
    if (isDocument(root)) return root;
    throw new CommandError(
      40228,
      `'newRoot' expression must evaluate to an object, but resulting value was of type: ${typeName(root)}`,
    );
  });
};

const sortByCount: Stage = (operand, documents, { evaluate }) =>
  sortDocuments(group({ _id: operand, count: { $sum: 1 } }, documents, evaluate), { count: -1 });

const countStage: Stage = (operand, documents) => {
  if (typeof operand !== 'string' || operand === '' || operand.startsWith('$') || operand.includes('.')) {
    throw new CommandError(40156, 'the count field must be a non-empty string without a leading $ or a dot');
  }
  return documents.length > 0 ? [{ [operand]: documents.length }] : [];
};

const sample: Stage = (operand, documents) => {
  const size = count('$sample', documentOperand('$sample', operand).size, { least: 0 });
  const pool = [...documents];
  for (let i = pool.length - 1; i > 0; i--) {
    const other = Math.floor(Math.random() * (i + 1));
    const moved = pool[i];
    const chosen = pool[other];
    if (moved && chosen) [pool[i], pool[other]] = [chosen, moved];
  }
  return pool.slice(0, size);
};

const match: Stage = (operand, documents, context) => {
  const test = compileFilter(documentOperand('$match', operand), context);
  return documents.filter(test);
};

/** The stages that need nothing but the documents that reach them. */
export const stages: Record<string, Stage> = {
  $match: match,
  $project: projectStage,
  $addFields: addFields,
  $set: addFields,
  $unset: unset,
  $sort: (operand, documents, { strings }) => {
    const sort = checkSort(operand);
    if (!sort) throw new CommandError(15976, '$sort stage must have at least one sort key');
    return sortDocuments(documents, sort, strings);
  },
  $limit: (operand, documents) => documents.slice(0, count('$limit', operand, { least: 1 })),
  $skip: (operand, documents) => documents.slice(count('$skip', operand, { least: 0 })),
  $group: (operand, documents, { evaluate }) => group(operand, documents, evaluate),
  $unwind: unwind,
  $count: countStage,
  $sortByCount: sortByCount,
  $bucket: bucket,
  $bucketAuto: bucketAuto,
  $replaceRoot: (operand, documents, context) =>
    replaceRoot(documentOperand('$replaceRoot', operand).newRoot, documents, context),
  $replaceWith: replaceRoot,
  $sample: sample,
};
