import { CommandError, notSupported } from '../errors.ts';
import { type Document, isDocument } from '../values/document.ts';
import { encodeKey } from '../values/keys.ts';
import { isNumberValue } from '../values/kinds.ts';
import { toNumber } from '../values/numbers.ts';

/** An index as listIndexes shows it. */
export interface IndexSpec {
  v: 2;
  key: Record<string, 1 | -1>;
  name: string;
  unique?: boolean;
  sparse?: boolean;
  hidden?: boolean;
  expireAfterSeconds?: number;
  partialFilterExpression?: Document;
}

const ignored = new Set(['v', 'key', 'name', 'background', 'ns', 'collation']);
const flags = new Set(['unique', 'sparse', 'hidden']);

/** @throws CommandError 67, 197 or 115 for indexes MongoDB or this server does not build. */
export function parseIndexSpec(raw: unknown): IndexSpec {
  if (!isDocument(raw)) throw new CommandError(14, 'The elements of the indexes array must be objects');
  const key = parseKey(raw.key);
  const name = typeof raw.name === 'string' ? raw.name : indexName(key);
  const spec: IndexSpec = { v: 2, key, name };
  for (const [option, value] of Object.entries(raw)) applyOption(spec, option, value);
  if (spec.sparse && spec.partialFilterExpression)
    throw new CommandError(67, 'cannot mix "partialFilterExpression" and "sparse" options');
  if (spec.expireAfterSeconds !== undefined && Object.keys(key).length > 1) {
    throw new CommandError(67, 'TTL indexes are single-field indexes, compound indexes do not support TTL');
  }
  return spec;
}

function applyOption(spec: IndexSpec, option: string, value: unknown): void {
  if (option === 'collation' && isDocument(value) && value.locale !== 'simple')
    throw notSupported('an index with a collation');
  if (ignored.has(option)) return;
  if (flags.has(option)) Object.assign(spec, value ? { [option]: true } : {});
  else if (option === 'expireAfterSeconds') spec.expireAfterSeconds = seconds(value);
  else if (option === 'partialFilterExpression') {
    if (!isDocument(value)) throw new CommandError(14, 'The field partialFilterExpression must be an object');
    spec.partialFilterExpression = value;
  } else refuseOption(option);
}

function refuseOption(option: string): never {
  const foreign = [
    'weights',
    'default_language',
    'textIndexVersion',
    '2dsphereIndexVersion',
    'wildcardProjection',
    'prepareUnique',
  ];
  if (foreign.includes(option)) throw notSupported(`the index option ${option}`);
  throw new CommandError(197, `The field '${option}' is not valid for an index specification.`);
}

function seconds(value: unknown): number {
  if (!isNumberValue(value) || toNumber(value) < 0)
    throw new CommandError(67, "TTL index 'expireAfterSeconds' option must be numeric and not negative");
  return toNumber(value);
}

function parseKey(raw: unknown): IndexSpec['key'] {
  if (!isDocument(raw) || Object.keys(raw).length === 0)
    throw new CommandError(67, 'Index keys cannot be empty.');
  return Object.fromEntries(
    Object.entries(raw).map(([field, direction]) => [checkField(field), parseDirection(direction)]),
  );
}

function checkField(field: string): string {
  if (field.includes('$**')) throw notSupported('a wildcard index');
  if (field === '' || field.split('.').some((part) => part === '' || part.startsWith('$'))) {
    throw new CommandError(67, `Index key contains an illegal field name: field name ${field}`);
  }
  return field;
}

function parseDirection(direction: unknown): 1 | -1 {
  if (isNumberValue(direction) && toNumber(direction) !== 0) return toNumber(direction) > 0 ? 1 : -1;
  if (typeof direction === 'string') throw notSupported(`a ${direction} index`);
  throw new CommandError(
    67,
    'Values in v:2 index key pattern cannot be of this type. Only numbers > 0, numbers < 0, and strings are allowed.',
  );
}

const indexName = (key: Document): string =>
  Object.entries(key)
    .map(([field, direction]) => `${field}_${String(direction)}`)
    .join('_');

export const samePattern = (a: Document, b: Document): boolean => encodeKey(a) === encodeKey(b);

/** Whether two specifications describe the same index, whatever their names. */
export const sameIndex = (a: IndexSpec, b: IndexSpec): boolean => signature(a) === signature(b);

const signature = (spec: IndexSpec): string =>
  encodeKey([spec.key, spec.unique, spec.sparse, spec.expireAfterSeconds, spec.partialFilterExpression]);
