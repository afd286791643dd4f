import type { FilterContext } from '../query/filter.ts';
import type { Document } from '../values/document.ts';
import type { StringOrder } from '../values/order.ts';
import type { Evaluate } from './evaluator.ts';

export interface StageContext extends FilterContext {
  evaluate: Evaluate;
}

/** What a pipeline may reach besides its documents. */
export interface PipelineContext {
  evaluate: Evaluate;
  strings: StringOrder | undefined;
  /** All documents of a collection of the same database. */
  read: (collection: string) => Document[];
  /** Runs a pipeline of its own, as `$lookup` and `$unionWith` contain. */
  nested: (
    pipeline: Document[],
    documents: Document[],
    options: { variables: Document; collection: string },
  ) => Document[];
}
