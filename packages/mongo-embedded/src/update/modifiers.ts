import { Double, Long, Timestamp } from 'bson';
import { badValue, typeMismatch } from '../errors.ts';
import { isDocument } from '../values/document.ts';
import { isNumberValue, type NumberValue, numberType, typeName } from '../values/kinds.ts';
import { addNumbers, multiplyNumbers, toBigInt } from '../values/numbers.ts';
import { compareValues } from '../values/order.ts';
import { addToSet, pop, pull, pullAll } from './arrays.ts';
import type { Change } from './change.ts';
import type { Slot } from './paths.ts';
import { push } from './push.ts';

export interface Modifier {
  /** Whether missing parts of the path are created. */
  creates: boolean;
  apply: (change: Change) => void;
}

const creating = (apply: Modifier['apply']): Modifier => ({ creates: true, apply });
const existing = (apply: Modifier['apply']): Modifier => ({ creates: false, apply });

/** Every update operator but `$rename`, which concerns two paths. */
export const modifiers: Record<string, Modifier> = {
  $set: creating(({ slot, operand }) => slot.write(operand)),
  $setOnInsert: creating(({ slot, operand }) => slot.write(operand)),
  $unset: existing(({ slot }) => slot.remove()),
  $inc: creating((change) => arithmetic('$inc', change)),
  $mul: creating((change) => arithmetic('$mul', change)),
  $min: creating(({ slot, operand }) => keepBest(slot, operand, -1)),
  $max: creating(({ slot, operand }) => keepBest(slot, operand, 1)),
  $currentDate: creating(({ slot, operand }) => slot.write(now(operand))),
  $bit: creating(bit),
  $push: creating(push),
  $addToSet: creating(addToSet),
  $pop: existing(pop),
  $pull: existing(pull),
  $pullAll: existing(pullAll),
};

function arithmetic(name: '$inc' | '$mul', { slot, path, operand, document }: Change): void {
  const verb = name === '$inc' ? 'increment' : 'multiply';
  if (!isNumberValue(operand))
    throw typeMismatch(`Cannot ${verb} with non-numeric argument: {${path}: ${JSON.stringify(operand)}}`);
  const old = slot.read();
  if (old === undefined) {
    slot.write(name === '$inc' ? operand : zeroLike(operand));
    return;
  }
  if (!isNumberValue(old)) {
    throw typeMismatch(
      `Cannot apply ${name} to a value of non-numeric type. {_id: ${JSON.stringify(document._id)}} has the field '${path.split('.').at(-1)}' of non-numeric type ${typeName(old)}`,
    );
  }
  slot.write(name === '$inc' ? addNumbers(old, operand) : multiplyNumbers(old, operand));
}

function zeroLike(value: NumberValue): NumberValue {
  const type = numberType(value);
  return type === 'long' ? Long.ZERO : type === 'double' ? new Double(0) : 0;
}

function keepBest(slot: Slot, operand: unknown, sign: 1 | -1): void {
  const old = slot.read();
  if (old === undefined || compareValues(operand, old) * sign > 0) slot.write(operand);
}

function now(operand: unknown): unknown {
  if (typeof operand === 'boolean') return new Date();
  const type = isDocument(operand) ? operand.$type : undefined;
  if (type === 'date') return new Date();
  if (type === 'timestamp') return new Timestamp({ t: Math.floor(Date.now() / 1000), i: 1 });
  throw badValue(
    "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
  );
}

const bitwise: Record<string, (a: bigint, b: bigint) => bigint> = {
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
};

function bit({ slot, path, operand }: Change): void {
  if (!isDocument(operand) || Object.keys(operand).length === 0) {
    throw badValue(
      `The $bit modifier is not compatible with a ${typeName(operand)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    );
  }
  for (const [name, value] of Object.entries(operand)) {
    const operation = Object.hasOwn(bitwise, name) ? bitwise[name] : undefined;
    if (!operation) {
      throw badValue(
        `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator`,
      );
    }
    const stored = slot.read();
    slot.write(combined(stored === undefined ? 0 : stored, value, { operation, path }));
  }
}

function combined(
  old: unknown,
  value: unknown,
  { operation, path }: { operation: (a: bigint, b: bigint) => bigint; path: string },
): number | Long {
  if (!isInteger(value)) {
    throw badValue(
      `The $bit modifier field must be an Integer(32/64 bit); a '${typeName(value)}' is not supported here`,
    );
  }
  if (!isInteger(old)) {
    throw badValue(
      `Cannot apply $bit to a value of non-integral type. The field '${path}' is of type ${typeName(old)}`,
    );
  }
  const result = operation(toBigInt(old), toBigInt(value));
  return old instanceof Long || value instanceof Long ? Long.fromBigInt(result) : Number(result);
}

const isInteger = (value: unknown): value is number | Long =>
  isNumberValue(value) && numberType(value) !== 'double';
