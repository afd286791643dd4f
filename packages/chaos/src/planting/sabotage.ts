import type { ServiceName } from '@shopstack/stack/services';
import type { FaultName } from '../plan/fault-kinds.ts';
import type { Manner } from '../plan/workload.ts';
import type { SourceChange } from './source-change.ts';

/** A promise of docs/design: I1 money … I15 erasure. */
export type Promised = `I${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15}`;

/** One of the campaign's faults at one of its targets. */
export interface NeededFault {
  fault: FaultName;
  target: string;
}

/** What buyers must do, or pay with, while a mistake is in. */
export type NeededBuyers =
  | Exclude<Manner, 'plain' | 'impatient'>
  | 'scarce-product'
  | 'never-confirms'
  | 'listens'
  | 'repeats-after-no-answer'
  | 'sim_declined'
  | 'sim_late_webhook'
  | 'sim_timeout_after_commit';

/** A programmer's mistake that breaks a promise; the campaign must notice each of them. */
export interface Sabotage {
  name: string;
  /** One sentence. */
  mistake: string;
  /** The service whose processes get it. */
  service: ServiceName;
  changes: readonly SourceChange[];
  /** A text of a file that is no module and that the change looks for. */
  reliesOn?: { file: string; text: string };
  breaks: readonly Promised[];
  /** All of these have to happen while orders are under way; none: orders alone show it. */
  faultsNeeded: readonly NeededFault[];
  buyersNeeded: readonly NeededBuyers[];
}
