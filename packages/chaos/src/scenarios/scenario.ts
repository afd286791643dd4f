import type { Arena } from '../arena/arena.ts';
import type { History } from '../history.ts';

export interface ScenarioResult {
  good: boolean;
  /** What it came to, for people. */
  lines: string[];
}

/** One situation with a clear end, on a shop of its own. */
export interface Scenario {
  open(history: History, signal: AbortSignal): Promise<Arena>;
  run(arena: Arena, around: { history: History; say: (doing: string) => void }): Promise<ScenarioResult>;
}
