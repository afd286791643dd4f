import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isRecord } from './json.ts';
import type { PartStatus } from './part.ts';

/** What the launcher writes down about the shop it runs. */
export interface RunningShop {
  /** The launcher's process, and when the kernel says it began: a recycled number is somebody else. */
  pid: number;
  begun: string;
  url: string;
  portBase: number;
  gatewayPort: number;
  parts: PartStatus[];
}

/** Another launcher runs a shop in this data folder. */
export class AlreadyRunning extends Error {
  readonly shop: RunningShop;

  constructor(shop: RunningShop) {
    super(`The shop already runs at ${shop.url} (process ${shop.pid}).`);
    this.shop = shop;
  }
}

/** The shop whose launcher is alive, from its state file. */
export function findRunningShop(stateFile: string): RunningShop | undefined {
  if (!existsSync(stateFile)) return undefined;
  const state: unknown = JSON.parse(readFileSync(stateFile, 'utf8'));
  if (!isRunningShop(state)) return undefined;
  return isAlive(state.pid) && processBegun(state.pid) === state.begun ? state : undefined;
}

/** Keeps the state file true while this process runs the shop. */
export function keepState(
  stateFile: string,
  shop: Pick<RunningShop, 'url' | 'portBase' | 'gatewayPort'>,
  parts: () => PartStatus[],
) {
  const launcher = { pid: process.pid, begun: processBegun(process.pid) };
  let removed = false;
  const write = () => {
    if (removed) return;
    const state: RunningShop = { ...launcher, ...shop, parts: parts() };
    writeFileSync(`${stateFile}.new`, JSON.stringify(state, null, 2));
    renameSync(`${stateFile}.new`, stateFile);
  };
  write();
  return {
    write,
    remove: () => {
      removed = true;
      rmSync(stateFile, { force: true });
    },
  };
}

/** When a process began, in the kernel's ticks; empty where there is no /proc. */
const processBegun = (pid: number): string => kernelFields(pid)[20] ?? '';

/** What the kernel says of a process after its name, beginning with its state; nothing where there is no /proc. */
function kernelFields(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')')).split(' ');
  } catch {
    return [];
  }
}

/**
 * Whether there is a process of this number that has not ended. One that has ended keeps its number until its parent asks
 * how (state Z), and the first process of some containers never does.
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!isRecord(error) || error.code !== 'EPERM') return false;
  }
  return kernelFields(pid)[1] !== 'Z';
}

function isRunningShop(state: unknown): state is RunningShop {
  return isRecord(state) && typeof state.pid === 'number' && Array.isArray(state.parts);
}
