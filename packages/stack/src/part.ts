import type { Command } from './command.ts';

/** Tells what is being done now, in a few words. */
export type Say = (note: string) => void;

/** What a part may do while it is prepared. */
export interface Job {
  say: Say;
  /** Runs a command to its end, with its output in `logFile` (the part's own when left out); throws when it fails. */
  run(command: Command, logFile?: string): Promise<void>;
}

/** One piece of the shop: a server, a service, or a job like building the pages. */
export interface Part {
  readonly name: string;
  /** The port shown for it. */
  readonly port?: number;
  /** Every port that it will listen on. */
  readonly listens: readonly number[];
  /** Parts that must be ready before this one is prepared and started. */
  readonly needs: readonly string[];
  /** Runs before the process of each first start. */
  readonly prepare?: (job: Job) => Promise<void>;
  /** Without a command the part is only prepared, or runs elsewhere. */
  readonly command?: () => Command;
  readonly isReady?: () => Promise<boolean>;
  readonly readyWithinMs: number;
  /** Runs once after it is ready for the first time; the part counts as ready afterwards. */
  readonly complete?: (job: Job) => Promise<void>;
  /** Stopped before everything that it needs. How long it may take to end by itself. */
  readonly stopWithinMs: number;
  /** Shown beside it when there is something to know. */
  readonly remark?: string;
  /** It cannot be started on this machine, and why; the others start without it. */
  readonly absent?: string;
}

export type State =
  | 'waiting'
  | 'preparing'
  | 'starting'
  | 'ready'
  | 'restarting'
  | 'failed'
  | 'stopped'
  | 'absent';

/** How a part is now. */
export interface PartStatus {
  name: string;
  state: State;
  port?: number;
  pid?: number;
  /** What it is doing, or what is wrong. */
  note?: string;
  /** How long it took to become ready. */
  tookMs?: number;
  /** When its process was started, in ms since 1970. */
  startedAt?: number;
  /** How often it came back after a crash. */
  restarts: number;
}
