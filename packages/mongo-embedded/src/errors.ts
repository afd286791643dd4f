import type { Document } from './values/document.ts';

const codeNames: Record<number, string> = {
  2: 'BadValue',
  8: 'UnknownError',
  9: 'FailedToParse',
  13: 'Unauthorized',
  14: 'TypeMismatch',
  18: 'AuthenticationFailed',
  20: 'IllegalOperation',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  28: 'PathNotViable',
  34: 'InvalidPath',
  40: 'ConflictingUpdateOperators',
  43: 'CursorNotFound',
  48: 'NamespaceExists',
  52: 'DollarPrefixedFieldName',
  53: 'InvalidIdField',
  54: 'NotSingleValueField',
  59: 'CommandNotFound',
  66: 'ImmutableField',
  67: 'CannotCreateIndex',
  72: 'InvalidOptions',
  73: 'InvalidNamespace',
  85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict',
  115: 'CommandNotSupported',
  123: 'NotAReplicaSet',
  168: 'InvalidPipelineOperator',
  171: 'CannotIndexParallelArrays',
  197: 'InvalidIndexSpecificationOption',
  246: 'SnapshotUnavailable',
  11000: 'DuplicateKey',
};

/** An answer MongoDB would give: its code, its message and whatever fields the code carries. */
export class CommandError extends Error {
  readonly code: number;
  readonly extra: Document;

  constructor(code: number, message: string, extra: Document = {}) {
    super(message);
    this.name = 'CommandError';
    this.code = code;
    this.extra = extra;
  }
}

export const badValue = (message: string) => new CommandError(2, message);
export const typeMismatch = (message: string) => new CommandError(14, message);
export const notSupported = (what: string) =>
  new CommandError(115, `${what} is not supported by this server (mongo-embedded)`);

/** A failure as a reply or as an entry of writeErrors. */
export function errorFields(error: unknown): Document {
  const known = asCommandError(error);
  return { code: known.code, errmsg: known.message, ...known.extra };
}

export function errorReply(error: unknown): Document {
  const fields = errorFields(error);
  const code = Number(fields.code);
  return { ok: 0, ...fields, codeName: codeNames[code] ?? `Location${code}` };
}

/** mingo throws plain errors for operands an expression cannot take. */
function asCommandError(error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return isExpressionError(error) ? badValue(message) : new CommandError(8, message);
}

export const isExpressionError = (error: unknown): boolean =>
  error instanceof Error && error.constructor.name === 'MingoError';
