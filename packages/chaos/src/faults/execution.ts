import { setTimeout as sleep } from 'node:timers/promises';
import type { PlannedFault } from '../plan/schedule.ts';
import type { Ground, Heal } from './injection.ts';
import { injectors } from './injectors.ts';

/**
 * Makes one fault happen and ends it, early when aborted. Never rejects: what could not be made or healed is noted in
 * the history, where the report shows it.
 */
export async function execute(fault: PlannedFault, ground: Ground, signal: AbortSignal): Promise<void> {
  const { number, name, target, lastsMs } = fault;
  const write = (type: 'fault-begin' | 'fault-end', note?: string) =>
    ground.history.add({ type, at: Date.now(), number, name, target, ...(note ? { note } : {}) });
  write('fault-begin');
  const heal = await attempt(() => injectors[name](target, ground));
  if (lastsMs > 0) await sleep(lastsMs, undefined, { signal }).catch(() => undefined);
  write('fault-end', typeof heal === 'string' ? heal : await healed(heal));
}

async function attempt(inject: () => Promise<Heal>): Promise<Heal | string> {
  try {
    return await inject();
  } catch (error) {
    return `not made: ${messageOf(error)}`;
  }
}

async function healed(heal: Heal): Promise<string | undefined> {
  try {
    return await heal();
  } catch (error) {
    return `not healed: ${messageOf(error)}`;
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
