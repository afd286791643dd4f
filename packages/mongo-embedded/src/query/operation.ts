import { type Document, isDocument } from '../values/document.ts';
import type { StringOrder } from '../values/order.ts';

export type Test = (document: Document) => boolean;

/** Compiles a whole filter, for the operators that contain one. */
export type Compile = (filter: Document) => Test;

/** What a filter may depend on besides the document. */
export interface FilterContext {
  strings?: StringOrder | undefined;
  /** Evaluates `$expr`; absent where MongoDB does not allow it. */
  evaluate?: ((expression: unknown, document: Document) => unknown) | undefined;
}

/** One field's condition inside its operator document: `operand` belongs to one operator of `siblings`. */
export interface Operation {
  path: string[];
  operand: unknown;
  siblings: Document;
  strings: StringOrder | undefined;
  compile: Compile;
}

/** What all operations of one field share. */
export type Field = Pick<Operation, 'path' | 'strings' | 'compile'>;

export const isOperatorDocument = (value: unknown): value is Document =>
  isDocument(value) && Object.keys(value)[0]?.startsWith('$') === true && !isReference(value);

const isReference = (value: Document): boolean => '$ref' in value || '$id' in value;
