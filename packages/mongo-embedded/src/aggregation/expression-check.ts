import * as mingoExpressions from 'mingo/operators/expression';
import { CommandError, notSupported } from '../errors.ts';
import { isDocument } from '../values/document.ts';

const names = (text: string): string[] => text.split(' ').map((name) => `$${name}`);

/** Expressions whose results agree with MongoDB's, by the table in the tests. */
const supported = new Set([
  ...names('abs add ceil divide exp floor ln log10 mod multiply pow round sqrt subtract trunc'),
  ...names(
    'arrayElemAt arrayToObject concatArrays filter first in indexOfArray isArray last map objectToArray range reduce reverseArray size slice sortArray zip',
  ),
  ...names('and not or cmp eq gt gte lt lte ne cond ifNull switch let literal mergeObjects getField'),
  ...names('dateAdd dateDiff dateFromParts dateFromString dateSubtract dateToParts dateToString dateTrunc'),
  ...names(
    'dayOfMonth dayOfWeek dayOfYear hour isoDayOfWeek isoWeek isoWeekYear millisecond minute month second week year',
  ),
  ...names('allElementsTrue anyElementTrue setDifference setEquals setIntersection setIsSubset setUnion'),
  ...names(
    'concat indexOfCP ltrim regexFind regexFindAll regexMatch replaceAll replaceOne rtrim split strcasecmp strLenCP substrCP substr toLower toUpper trim',
  ),
  ...names('isNumber toBool toDate toInt toString sum avg min max rand toDouble toLong toObjectId'),
]);

const foreign = new Set(
  names(
    'function accumulator toDecimal toUUID convert meta sampleRate setField unsetField strLenBytes substrBytes indexOfBytes toHashedIndexKey bitAnd bitOr bitXor bitNot binarySize bsonSize type firstN lastN maxN minN median percentile tsSecond tsIncrement log stdDevPop stdDevSamp',
  ),
);

/**
 * Walks an expression before it is evaluated.
 * @throws CommandError 168 for an operator MongoDB does not have, 115 for one this server does not have.
 */
export function checkExpression(expression: unknown): void {
  if (Array.isArray(expression)) {
    for (const item of expression) checkExpression(item);
  } else if (typeof expression === 'string') checkVariable(expression);
  else if (isDocument(expression)) checkDocument(Object.entries(expression));
}

function checkDocument(entries: [string, unknown][]): void {
  const [first] = entries;
  if (first?.[0].startsWith('$') && entries.length > 1) {
    throw new CommandError(
      15983,
      `An object representing an expression must have exactly one field: ${entries.map(([name]) => name).join(', ')}`,
    );
  }
  for (const [name, operand] of entries) {
    if (name.startsWith('$')) checkOperator(name);
    if (name !== '$literal') checkExpression(operand);
  }
}

function checkOperator(name: string): void {
  if (supported.has(name)) return;
  if (foreign.has(name) || Object.hasOwn(mingoExpressions, name))
    throw notSupported(`the expression ${name}`);
  throw new CommandError(168, `Unrecognized expression '${name}'`);
}

const single = new Set(
  names(
    'abs ceil exp floor ln log10 sqrt arrayToObject first isArray last objectToArray reverseArray size not strLenCP toLower toUpper isNumber toBool toDate toInt toString toDouble toLong toObjectId year month week dayOfMonth dayOfWeek dayOfYear hour minute second millisecond isoDayOfWeek isoWeek isoWeekYear',
  ),
);

/** MongoDB takes one argument also as a list of one, mingo does not. */
export function withSingleArguments(expression: unknown): unknown {
  if (Array.isArray(expression)) return expression.map(withSingleArguments);
  if (!isDocument(expression) || '$literal' in expression) return expression;
  const entries = Object.entries(expression).map(([name, operand]): [string, unknown] => {
    const argument =
      single.has(name) && Array.isArray(operand) && operand.length === 1 ? operand[0] : operand;
    return [name, withSingleArguments(argument)];
  });
  return Object.fromEntries(entries);
}

const systemVariables = new Set(['ROOT', 'CURRENT', 'NOW', 'REMOVE', 'this', 'value']);

function checkVariable(text: string): void {
  if (text === '$' || text === '$$') throw new CommandError(16872, "'$' by itself is not a valid FieldPath");
  if (!text.startsWith('$$')) return;
  const name = text.slice(2).split('.')[0] ?? '';
  if (/^[A-Z]/.test(name) && !systemVariables.has(name)) throw notSupported(`the variable $$${name}`);
}
