import { CommandError } from '../errors.ts';
import { type Document, isDocument } from '../values/document.ts';
import { splitPath, valueAt } from '../values/paths.ts';

interface Options {
  path: string[];
  indexField: string | undefined;
  keepEmpty: boolean;
}

/** `$unwind`: one document per element; scalars count as one element. */
export function unwind(operand: unknown, documents: Document[]): Document[] {
  const options = parse(operand);
  return documents.flatMap((document) => unwindOne(document, options));
}

function parse(operand: unknown): Options {
  const spec: Document = isDocument(operand) ? operand : { path: operand };
  const { path, includeArrayIndex, preserveNullAndEmptyArrays } = spec;
  if (typeof path !== 'string')
    throw new CommandError(15981, 'expected either a string or an object as specification for $unwind stage');
  if (!path.startsWith('$'))
    throw new CommandError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  if (
    includeArrayIndex !== undefined &&
    (typeof includeArrayIndex !== 'string' || includeArrayIndex === '')
  ) {
    throw new CommandError(
      28810,
      'expected a non-empty string for the includeArrayIndex option to $unwind stage',
    );
  }
  const unknown = Object.keys(spec).find(
    (name) => !['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'].includes(name),
  );
  if (unknown) throw new CommandError(28811, `unrecognized option to $unwind stage: ${unknown}`);
  return {
    path: splitPath(path.slice(1)),
    indexField: includeArrayIndex,
    keepEmpty: preserveNullAndEmptyArrays === true,
  };
}

function unwindOne(document: Document, { path, indexField, keepEmpty }: Options): Document[] {
  const value = valueAt(document, path);
  const index = (i: number | null): Document => (indexField === undefined ? {} : { [indexField]: i });
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) {
    if (!keepEmpty) return [];
    return [{ ...(Array.isArray(value) ? withValue(document, path, undefined) : document), ...index(null) }];
  }
  if (!Array.isArray(value)) return [{ ...document, ...index(null) }];
  return value.map((item: unknown, i) => ({ ...withValue(document, path, item), ...index(i) }));
}

function withValue(document: Document, [name = '', ...rest]: readonly string[], value: unknown): Document {
  const child = document[name];
  const next = rest.length > 0 && isDocument(child) ? withValue(child, rest, value) : value;
  const copy = { ...document, [name]: next };
  if (next === undefined) delete copy[name];
  return copy;
}
