import { CommandError, notSupported } from '../errors.ts';
import type { FilterContext } from '../query/filter.ts';
import { copyOf, type Document, fieldOf, isDocument } from '../values/document.ts';
import { typeName } from '../values/kinds.ts';
import { equalValues, identical } from '../values/order.ts';
import { type Modifier, modifiers } from './modifiers.ts';
import { checkPath, compileArrayFilters, concretePaths, type Positions, slotAt } from './paths.ts';

/** Runs an update pipeline's stages on one document. */
export type PipelineRunner = (document: Document) => Document;

export interface UpdateRequest {
  filter: Document;
  update: Document | { pipeline: PipelineRunner };
  arrayFilters: readonly Document[];
  context: FilterContext;
}

interface Step {
  operator: string;
  path: string;
  parts: string[];
  operand: unknown;
}

export interface CompiledUpdate {
  replacement: boolean;
  /** The document after the update; the same object when nothing changed. */
  apply: (document: Document, options?: { inserting: boolean }) => Document;
}

/**
 * Compiles an update: operators, a replacement or a pipeline.
 * @throws CommandError 9 for unknown modifiers, 40 for conflicting paths.
 */
export function compileUpdate(request: UpdateRequest): CompiledUpdate {
  const { update } = request;
  if ('pipeline' in update && typeof update.pipeline === 'function') {
    const run = update.pipeline as PipelineRunner;
    return { replacement: false, apply: (document) => settled(document, run(document)) };
  }
  const spec: Document = { ...update };
  const operators = Object.keys(spec)[0]?.startsWith('$') === true;
  if (!operators)
    return { replacement: true, apply: (document) => settled(document, replaced(document, spec)) };
  return compileOperators(spec, request);
}

function replaced(document: Document, spec: Document): Document {
  for (const name of Object.keys(spec))
    if (name.startsWith('$'))
      throw new CommandError(52, `The dollar ($) prefixed field '${name}' is not valid for storage.`);
  const own = fieldOf(document, '_id');
  if (own === undefined) return { ...spec };
  if (spec._id !== undefined && !equalValues(spec._id, own)) throw immutableId();
  return { _id: own, ...Object.fromEntries(Object.entries(spec).filter(([name]) => name !== '_id')) };
}

const immutableId = () =>
  new CommandError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");

function settled(before: Document, after: Document): Document {
  const own = fieldOf(before, '_id');
  if (own !== undefined && !equalValues(own, after._id)) throw immutableId();
  return identical(before, after) ? before : after;
}

function compileOperators(spec: Document, request: UpdateRequest): CompiledUpdate {
  const steps = Object.entries(spec).flatMap(([operator, fields]) => stepsOf(operator, fields));
  checkConflicts(steps);
  steps.sort((a, b) => comparePaths(a.parts, b.parts));
  const arrayFilters = compileArrayFilters(request.arrayFilters, request.context);
  checkFiltersUsed([...arrayFilters.keys()], steps);
  const positions: Positions = { filter: request.filter, arrayFilters, context: request.context };
  return {
    replacement: false,
    apply: (document, { inserting } = { inserting: false }) => {
      const changed = copyOf(document);
      for (const step of steps)
        if (inserting || step.operator !== '$setOnInsert') applyStep(changed, step, positions);
      return settled(document, changed);
    },
  };
}

function stepsOf(operator: string, fields: unknown): Step[] {
  if (operator !== '$rename' && !Object.hasOwn(modifiers, operator)) {
    throw new CommandError(
      9,
      `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
    );
  }
  if (!isDocument(fields)) {
    throw new CommandError(
      9,
      `Modifiers operate on fields but we found type ${typeName(fields)} instead. For example: {$mod: {<field>: ...}} not {${operator}: ${JSON.stringify(fields)}}`,
    );
  }
  return Object.entries(fields).map(([path, operand]) => ({
    operator,
    path,
    parts: checkPath(path),
    operand,
  }));
}

function checkConflicts(steps: readonly Step[]): void {
  const paths = steps.flatMap((step) =>
    step.operator === '$rename' ? [step.path, String(step.operand)] : [step.path],
  );
  const taken = new Set<string>();
  for (const path of paths) {
    if (taken.has(path))
      throw new CommandError(40, `Updating the path '${path}' would create a conflict at '${path}'`);
    taken.add(path);
  }
  for (const path of paths) {
    for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      const parent = path.slice(0, dot);
      if (taken.has(parent))
        throw new CommandError(40, `Updating the path '${path}' would create a conflict at '${parent}'`);
    }
  }
}

/** MongoDB adds new fields in this order, whatever order the update names them in. */
function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (const [i, part] of a.entries()) {
    const other = b[i];
    if (other === undefined) return 1;
    if (part === other) continue;
    const numeric = /^\d+$/.test(part) && /^\d+$/.test(other);
    return numeric ? Number(part) - Number(other) : part < other ? -1 : 1;
  }
  return a.length - b.length;
}

function checkFiltersUsed(names: readonly string[], steps: readonly Step[]): void {
  for (const name of names) {
    if (!steps.some((step) => step.parts.includes(`$[${name}]`))) {
      throw new CommandError(9, `The array filter for identifier '${name}' was not used in the update`);
    }
  }
}

function applyStep(document: Document, step: Step, positions: Positions): void {
  if (step.operator === '$rename') {
    rename(document, step);
    return;
  }
  const modifier: Modifier | undefined = modifiers[step.operator];
  for (const path of concretePaths(document, step.parts, positions)) {
    const slot = slotAt(document, path, { create: modifier?.creates === true });
    const operand = copyOf(step.operand);
    if (slot) modifier?.apply({ slot, path: path.join('.'), operand, document, context: positions.context });
  }
}

function rename(document: Document, { path, parts, operand }: Step): void {
  if (typeof operand !== 'string')
    throw new CommandError(2, `The 'to' field for $rename must be a string: ${path}: ${typeName(operand)}`);
  const target = checkPath(operand);
  if ([...parts, ...target].some((part) => part.startsWith('$')))
    throw notSupported('a positional path in $rename');
  const from = slotAt(document, parts, { create: false });
  const value = from?.read();
  if (!from || value === undefined) return;
  from.remove();
  slotAt(document, target, { create: true })?.write(value);
}
