/** What a label may say: a list that is complete, or at most so many values from a source that is told. */
export type Label = { readonly values: readonly string[] } | { readonly most: number; readonly from: string };

export interface MetricDefinition {
  kind: 'counter' | 'gauge' | 'histogram';
  unit:
    | 'seconds'
    | 'bytes'
    | 'minor units'
    | 'connections'
    | 'messages'
    | 'orders'
    | 'spans'
    | 'yes or no'
    | 'times';
  labels?: Readonly<Record<string, Label>>;
  /** Upper bounds of a histogram, ascending. */
  buckets?: readonly number[];
  /** Samples carry the trace in which they were taken. */
  exemplars?: true;
  meaning: string;
  why: string;
}
export interface FieldDefinition {
  type: 'text' | 'number' | 'yes or no' | 'list' | 'object';
  meaning: string;
  why: string;
}
