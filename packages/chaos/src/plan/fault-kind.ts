/** One way in which things go wrong. */
export interface FaultKind {
  /** In a few words, for the report. */
  readonly title: string;
  /** How it is done, for the table in the README. */
  readonly how: string;
  /** What it can be done to; one is drawn. */
  readonly targets: readonly string[];
  /** How long it lasts, in ms; both ends included. */
  readonly lastsMs: readonly [number, number];
  /** How long its target is left alone afterwards. */
  readonly restsMs: number;
  /** What must not be hit by two faults at once. */
  readonly hits: (target: string) => string;
  /** How often it is drawn beside the others. */
  readonly weight: number;
  /** Only in campaigns long enough for it. */
  readonly longOnly?: true;
  /** Only when it is asked for by name. */
  readonly onRequest?: true;
}

/** A row of the table: its names are kept, its values need not be known to the compiler. */
export const kind = (it: FaultKind): FaultKind => it;
export const itself = (target: string) => target;
export const always = (what: string) => () => what;
