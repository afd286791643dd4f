import { CommandError, notSupported } from '../errors.ts';
import { type Document, isDocument } from '../values/document.ts';
import { encodeKey } from '../values/keys.ts';
import { checked, type Evaluate } from './evaluator.ts';
import { average, best } from './operators.ts';
import { plainValue } from './plain-values.ts';

type Reduce = (values: unknown[]) => unknown;

const orNull = (value: unknown): unknown => (value === undefined ? null : value);
const numbers = (values: unknown[]): number[] =>
  values.map(plainValue).filter((value) => typeof value === 'number');

const accumulators: Record<string, Reduce> = {
  $sum: (values) => numbers(values).reduce((sum, value) => sum + value, 0),
  $avg: (values) => average(numbers(values)),
  $min: (values) => best(values, -1),
  $max: (values) => best(values, 1),
  $first: (values) => orNull(values[0]),
  $last: (values) => orNull(values.at(-1)),
  $push: (values) => values.filter((value) => value !== undefined),
  $addToSet: (values) => [
    ...new Map(
      values.filter((value) => value !== undefined).map((value) => [encodeKey(value), value]),
    ).values(),
  ],
  $count: (values) => values.length,
  $mergeObjects: (values) => Object.assign({}, ...values.filter(isDocument)),
  $stdDevPop: (values) => deviation(numbers(values), 0),
  $stdDevSamp: (values) => deviation(numbers(values), 1),
};
const foreign = new Set([
  '$accumulator',
  '$bottom',
  '$bottomN',
  '$firstN',
  '$lastN',
  '$maxN',
  '$minN',
  '$median',
  '$percentile',
  '$top',
  '$topN',
]);

function deviation(values: number[], bias: 0 | 1): number | null {
  if (values.length <= bias) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - bias));
}

interface Output {
  name: string;
  argument: unknown;
  reduce: Reduce;
}

/** `$group`: groups in the order in which their first document came. */
export function group(spec: unknown, documents: Document[], evaluate: Evaluate): Document[] {
  if (!isDocument(spec)) throw new CommandError(15947, "a group's fields must be specified in an object");
  if (!('_id' in spec)) throw new CommandError(15955, 'a group specification must include an _id');
  const outputs = Object.entries(spec)
    .filter(([name]) => name !== '_id')
    .map(parseOutput);
  const id = checked(spec._id);
  const groups = new Map<string, { id: unknown; values: unknown[][] }>();
  for (const document of documents) {
    const value = orNull(evaluate(id, document));
    const key = encodeKey(value);
    const found = groups.get(key) ?? { id: value, values: outputs.map((): unknown[] => []) };
    groups.set(key, found);
    for (const [i, output] of outputs.entries()) found.values[i]?.push(evaluate(output.argument, document));
  }
  return [...groups.values()].map((found) => {
    const fields = outputs.map((output, i): [string, unknown] => [
      output.name,
      output.reduce(found.values[i] ?? []),
    ]);
    return { _id: found.id, ...Object.fromEntries(fields) };
  });
}

function parseOutput([name, value]: [string, unknown]): Output {
  if (!isDocument(value)) throw new CommandError(40234, `The field '${name}' must be an accumulator object`);
  if (name.includes('.')) throw new CommandError(40235, `The field name '${name}' cannot contain '.'`);
  const operators = Object.keys(value);
  const [operator = ''] = operators;
  if (operators.length !== 1)
    throw new CommandError(40238, `The field '${name}' must specify one accumulator`);
  const reduce = Object.hasOwn(accumulators, operator) ? accumulators[operator] : undefined;
  if (!reduce && foreign.has(operator)) throw notSupported(`the accumulator ${operator}`);
  if (!reduce) throw new CommandError(15952, `unknown group operator '${operator}'`);
  return { name, argument: operator === '$count' ? 1 : checked(value[operator]), reduce };
}
