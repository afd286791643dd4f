import { CommandError } from '../errors.ts';
import { isNumberValue } from '../values/kinds.ts';
import { toNumber } from '../values/numbers.ts';

export interface Window {
  skip: number;
  limit: number | undefined;
}

/** `$slice: n`, `$slice: -n` or `$slice: [skip, n]` of a find projection. */
export function sliceArguments(operand: unknown): Window {
  const numbers = (Array.isArray(operand) ? operand : [operand]).map((item) =>
    isNumberValue(item) ? Math.trunc(toNumber(item)) : undefined,
  );
  const [first, second] = numbers;
  if (first === undefined || numbers.length > 2)
    throw new CommandError(
      28667,
      'Invalid $slice syntax. The given syntax did not match the find() syntax because :: Location31273',
    );
  if (!Array.isArray(operand))
    return first < 0 ? { skip: first, limit: undefined } : { skip: 0, limit: first };
  if (second === undefined || second <= 0)
    throw new CommandError(28724, 'First argument to $slice must be an array; the limit must be positive');
  return { skip: first, limit: second };
}

export function sliced(array: unknown[], { skip, limit }: Window): unknown[] {
  const start = skip < 0 ? Math.max(0, array.length + skip) : skip;
  return array.slice(start, limit === undefined ? undefined : start + limit);
}
