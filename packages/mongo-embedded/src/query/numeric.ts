import { Binary } from 'bson';
import { badValue, CommandError } from '../errors.ts';
import { isNumberValue, typeName } from '../values/kinds.ts';
import { toBigInt, toNumber } from '../values/numbers.ts';

type ValueTest = (value: unknown) => boolean;

const typeCodes: Record<number, string> = {
  [-1]: 'minKey',
  1: 'double',
  2: 'string',
  3: 'object',
  4: 'array',
  5: 'binData',
  7: 'objectId',
  8: 'bool',
  9: 'date',
  10: 'null',
  11: 'regex',
  16: 'int',
  17: 'timestamp',
  18: 'long',
  127: 'maxKey',
};
const neverStored: Record<string, true> = {
  decimal: true,
  javascript: true,
  symbol: true,
  undefined: true,
  dbPointer: true,
};
const typeNames = new Set([...Object.values(typeCodes), 'number']);

export function typeTest(operand: unknown): ValueTest {
  const wanted = new Set((Array.isArray(operand) ? operand : [operand]).map(typeOperand));
  const numbers = wanted.has('number');
  return (value) => value !== undefined && (wanted.has(typeName(value)) || (numbers && isNumberValue(value)));
}

function typeOperand(operand: unknown): string {
  if (typeof operand === 'string' && (typeNames.has(operand) || neverStored[operand])) return operand;
  if (isNumberValue(operand)) {
    const name = typeCodes[toNumber(operand)];
    if (name) return name;
    throw badValue(`Invalid numerical type code: ${toNumber(operand)}`);
  }
  if (typeof operand === 'string') throw badValue(`Unknown type name alias: ${operand}`);
  throw new CommandError(14, 'type must be represented as a number or a string');
}

export function moduloTest(operand: unknown): ValueTest {
  if (!Array.isArray(operand)) throw badValue('malformed mod, needs to be an array');
  if (operand.length !== 2)
    throw badValue(`malformed mod, ${operand.length < 2 ? 'not enough' : 'too many'} elements`);
  const [divisor, remainder] = operand.map((item) => (isNumberValue(item) ? toBigInt(item) : undefined));
  if (divisor === undefined || remainder === undefined) throw badValue('malformed mod, divisor not a number');
  if (divisor === 0n) throw badValue('divisor cannot be 0');
  return (value) =>
    isNumberValue(value) && Number.isFinite(toNumber(value)) && toBigInt(value) % divisor === remainder;
}

type BitsOperator = '$bitsAllSet' | '$bitsAnySet' | '$bitsAllClear' | '$bitsAnyClear';

export function bitsTest(name: BitsOperator, operand: unknown): ValueTest {
  const mask = maskOf(name, operand);
  return (value) => {
    if (!isNumberValue(value) || !Number.isInteger(toNumber(value))) return false;
    const set = toBigInt(value) & mask;
    if (name === '$bitsAllSet') return set === mask;
    if (name === '$bitsAnySet') return set !== 0n;
    return name === '$bitsAllClear' ? set === 0n : set !== mask;
  };
}

function maskOf(name: BitsOperator, operand: unknown): bigint {
  if (operand instanceof Binary)
    throw new CommandError(115, `${name} with a BinData mask is not supported by this server`);
  if (isNumberValue(operand) && toNumber(operand) >= 0 && Number.isInteger(toNumber(operand)))
    return toBigInt(operand);
  if (!Array.isArray(operand)) throw badValue(`${name} takes an Array, a number, or a BinData`);
  return operand.reduce((mask: bigint, bit: unknown) => {
    if (!isNumberValue(bit) || toNumber(bit) < 0 || !Number.isInteger(toNumber(bit)))
      throw badValue('bit positions must be integers >= 0');
    return mask | (1n << toBigInt(bit));
  }, 0n);
}
