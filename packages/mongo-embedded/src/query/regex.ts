import { BSONRegExp } from 'bson';
import { badValue, CommandError, notSupported } from '../errors.ts';

/**
 * A test for strings (and for equal stored expressions).
 * @throws CommandError 51091 for a pattern that does not compile, 115 for the extended syntax (x).
 */
export function regexTest(pattern: unknown, options: unknown): (value: unknown) => boolean {
  const regex = compileRegex(pattern, options);
  return (value) => {
    if (typeof value === 'string') return regex.test(value);
    return pattern instanceof BSONRegExp && value instanceof BSONRegExp && sameRegex(pattern, value);
  };
}

export function compileRegex(pattern: unknown, options: unknown): RegExp {
  if (options !== undefined && typeof options !== 'string') throw badValue('$options has to be a string');
  if (pattern instanceof BSONRegExp) return build(pattern.pattern, options ?? pattern.options);
  if (typeof pattern !== 'string') throw badValue('$regex has to be a string');
  return build(pattern, options ?? '');
}

function build(pattern: string, options: string): RegExp {
  if (options.includes('x')) throw notSupported('the regular expression option x');
  const flags = [...new Set(options)].filter((flag) => flag !== 'u').join('');
  if (/[^ims]/.test(flags)) throw badValue(`invalid flag in regex options: ${options}`);
  try {
    return new RegExp(pattern, flags);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(51091, `Regular expression is invalid: ${reason}`);
  }
}

const sameRegex = (a: BSONRegExp, b: BSONRegExp) => a.pattern === b.pattern && a.options === b.options;
