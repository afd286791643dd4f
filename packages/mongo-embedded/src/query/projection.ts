import { checkExpression } from '../aggregation/expression-check.ts';
import { CommandError, notSupported } from '../errors.ts';
import { type Document, fieldOf, isDocument } from '../values/document.ts';
import { isNumberValue } from '../values/kinds.ts';
import { toNumber } from '../values/numbers.ts';
import { splitPath } from '../values/paths.ts';
import { elementTest } from './arrays.ts';
import { compilerFor, type FilterContext } from './filter.ts';
import { firstMatchingIndex } from './position.ts';
import { sliceArguments, sliced } from './slice.ts';

type Compute = (value: unknown, document: Document) => unknown;

/** What happens to a field: kept, dropped, looked into, or replaced by what is computed from it. */
export type Node = 'keep' | 'drop' | Tree | { compute: Compute };
export type Tree = Map<string, Node>;

export interface ProjectionContext extends FilterContext {
  /** The filter of a find: it decides what `field.$` stands for. Absent in `$project`. */
  filter?: Document | undefined;
}

interface Parsed {
  tree: Tree;
  including: boolean | undefined;
  id: boolean | undefined;
}

const isTree = (node: Node | undefined): node is Tree => node instanceof Map;

/**
 * Compiles a find projection or a `$project` stage.
 * @throws CommandError 31253, 31254 when inclusion and exclusion are mixed.
 */
export function compileProjection(
  spec: Document,
  context: ProjectionContext,
): (document: Document) => Document {
  const parsed: Parsed = { tree: new Map(), including: undefined, id: undefined };
  for (const [name, value] of Object.entries(spec)) parseField(parsed, [name, value], context);
  const including = parsed.including ?? parsed.id ?? false;
  if (parsed.id === false) parsed.tree.set('_id', 'drop');
  else if (including && !parsed.tree.has('_id')) parsed.tree.set('_id', 'keep');
  return (document) => project(document, parsed.tree, { including, root: document });
}

function parseField(parsed: Parsed, [name, value]: [string, unknown], context: ProjectionContext): void {
  const flag = flagOf(value);
  if (name === '_id' && flag !== undefined) parsed.id = flag;
  else if (flag !== undefined && name.endsWith('.$')) positional(parsed, name, context);
  else if (flag !== undefined) {
    setMode(parsed, flag, name);
    place(parsed.tree, splitPath(name), flag ? 'keep' : 'drop');
  } else parseComputed(parsed, [name, value], context);
}

function parseComputed(parsed: Parsed, [name, value]: [string, unknown], context: ProjectionContext): void {
  const operator = isDocument(value) ? Object.keys(value)[0] : undefined;
  if (isDocument(value) && operator === undefined)
    throw new CommandError(51270, 'An empty sub-projection is not a valid value. Found empty object at path');
  if (isDocument(value) && operator !== undefined && !operator.startsWith('$')) {
    for (const [child, nested] of Object.entries(value))
      parseField(parsed, [`${name}.${child}`, nested], context);
    return;
  }
  if (operator === '$meta') throw notSupported('$meta');
  const own =
    context.filter && operator && isDocument(value)
      ? findOperator(operator, value[operator], context)
      : undefined;
  if (operator !== '$slice' || !own) setMode(parsed, true, name);
  place(parsed.tree, splitPath(name), { compute: own ?? expression(value, context) });
}

function expression(value: unknown, { evaluate }: ProjectionContext): Compute {
  if (!evaluate) throw notSupported('an expression in this projection');
  checkExpression(value);
  return (_old, document) => evaluate(value, document);
}

/** `$slice` and `$elemMatch` mean something else in a find than in an aggregation. */
function findOperator(operator: string, operand: unknown, context: ProjectionContext): Compute | undefined {
  if (operator === '$slice') {
    const window = sliceArguments(operand);
    return (value) => (Array.isArray(value) ? sliced(value, window) : value);
  }
  if (operator !== '$elemMatch') return undefined;
  const matches = elementTest(operand, compilerFor(context));
  return (value) => {
    const index = Array.isArray(value) ? value.findIndex(matches) : -1;
    return Array.isArray(value) && index >= 0 ? [value[index]] : undefined;
  };
}

function positional(parsed: Parsed, name: string, context: ProjectionContext): void {
  const path = name.slice(0, -2);
  setMode(parsed, true, name);
  place(parsed.tree, splitPath(path), {
    compute: (value, document) => {
      if (!Array.isArray(value)) return value;
      const index = firstMatchingIndex(context.filter ?? {}, document, { path, context });
      if (index === undefined)
        throw new CommandError(
          51246,
          "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
        );
      return [value[index]];
    },
  });
}

function flagOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return isNumberValue(value) ? toNumber(value) !== 0 : undefined;
}

function setMode(parsed: Parsed, including: boolean, name: string): void {
  if (parsed.including !== undefined && parsed.including !== including) {
    const message = including
      ? `Cannot do inclusion on field ${name} in exclusion projection`
      : `Cannot do exclusion on field ${name} in inclusion projection`;
    throw new CommandError(including ? 31253 : 31254, message);
  }
  parsed.including = including;
}

/** @throws CommandError 31249 when one path is part of another. */
export function place(tree: Tree, path: readonly string[], node: Node): void {
  const [name = '', ...rest] = path;
  const existing = tree.get(name);
  const child = isTree(existing) ? existing : new Map<string, Node>();
  if (existing !== undefined && (rest.length === 0 || !isTree(existing))) {
    throw new CommandError(31249, `Path collision at ${path.join('.')}`);
  }
  if (rest.length > 0) place(child, rest, node);
  tree.set(name, rest.length > 0 ? child : node);
}

interface Projecting {
  including: boolean;
  root: Document;
}

/** The document after the tree; fields it does not name stay unless the projection is including. */
export function project(document: Document, tree: Tree, options: Projecting): Document {
  const result: Document = {};
  for (const name of Object.keys(document)) {
    const node = tree.get(name) ?? (options.including ? 'drop' : 'keep');
    const value = projectField(document[name], node, options);
    if (value !== undefined) result[name] = value;
  }
  for (const [name, node] of tree) {
    const value = fieldOf(document, name) === undefined ? newField(node, options) : undefined;
    if (value !== undefined) result[name] = value;
  }
  return result;
}

function newField(node: Node, options: Projecting): unknown {
  if (typeof node === 'string') return undefined;
  return isTree(node) ? projectMissing(node, options) : node.compute(undefined, options.root);
}

function projectField(value: unknown, node: Node, options: Projecting): unknown {
  if (node === 'keep') return value;
  if (node === 'drop') return undefined;
  if (!isTree(node)) return node.compute(value, options.root);
  if (isDocument(value)) return project(value, node, options);
  if (Array.isArray(value)) return projectItems(value, node, options);
  return computes(node) ? projectMissing(node, options) : options.including ? undefined : value;
}

function projectItems(array: unknown[], tree: Tree, options: Projecting): unknown[] {
  const items = array.map((item) => projectField(item, tree, options));
  return items.filter((item) => item !== undefined);
}

const computes = (tree: Tree): boolean =>
  [...tree.values()].some((node) => (isTree(node) ? computes(node) : typeof node !== 'string'));

const projectMissing = (tree: Tree, options: Projecting): Document | undefined =>
  computes(tree) ? project({}, tree, options) : undefined;
