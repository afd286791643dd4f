import type { FilterContext } from '../query/filter.ts';
import type { Document } from '../values/document.ts';
import type { Slot } from './paths.ts';

/** One operator's change to one place of a document. */
export interface Change {
  slot: Slot;
  path: string;
  operand: unknown;
  document: Document;
  context: FilterContext;
}
