import type { Moment } from './facts.ts';
import type { DeadLetter } from './promises/messages.ts';
import type { Stores } from './stores/stores.ts';
import type { Tally } from './tally.ts';

export interface AuditOptions {
  /** What changed during the last seconds is still moving and not judged; 60 unless told. */
  graceSeconds?: number;
  /** The shop is known to be quiet: everything is judged, and an order that has not ended is stuck. */
  atRest?: boolean;
  /** After this time no further page of orders is read; 600 unless told. */
  budgetSeconds?: number;
  /** Orders per page; 1000 unless told. */
  pageSize?: number;
  /** Dead letters that need not be told: a campaign has planted them. */
  isKnownDeadLetter?: (letter: DeadLetter) => boolean;
}

/** What every part of the audit works with. */
export interface Audit {
  stores: Stores;
  tally: Tally;
  moment: Moment;
  pageSize: number;
  /** When to stop. */
  stopAt: number;
  options: AuditOptions;
}
