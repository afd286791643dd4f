import type { Arena } from '../arena/arena.ts';
import type { History } from '../history.ts';
import type { Planted } from './planted.ts';

/** What a fault works on. */
export interface Ground {
  arena: Arena;
  history: Pick<History, 'add'>;
  planted: Planted;
}

/** Ends the fault; answers what there is to tell about it. */
export type Heal = () => Promise<string | undefined>;

/** Makes one thing go wrong at its target. */
export type Injector = (target: string, ground: Ground) => Promise<Heal>;

export const nothingToHeal: Heal = async () => undefined;
