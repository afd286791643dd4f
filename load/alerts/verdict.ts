/** What came of one expectation. */
export interface Verdict {
  alert: string;
  fault: string;
  hushedBy: string | undefined;
  /** Seconds from the fault until somebody was told, or until it fired when another alert speaks for it. */
  firedS?: number;
  windowS: number;
  /** Seconds from the fault's end until somebody was told so, or until it was over. */
  resolvedS?: number;
  resolvesWithinS: number;
  /** Nothing when all is as it should be. */
  faults: string[];
}
