import { setTimeout as sleep } from 'node:timers/promises';
import { type Exit, launch, type Running } from './command.ts';
import type { Layout } from './layout.ts';
import type { Job, Part, PartStatus, State } from './part.ts';
import { until } from './probes.ts';
import { StartFailure } from './start-failure.ts';

export interface ChildOptions {
  layout: Layout;
  onChange?: (status: PartStatus) => void;
}

const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 10_000;
/** A process that lived this long starts its back-off anew. */
const STEADY_AFTER_MS = 30_000;
const POLL_MS = 25;

/** One part's process through its life: prepared, started, watched, brought back, stopped. */
export function createChild(part: Part, { layout, onChange }: ChildOptions) {
  const logFile = layout.logFile(part.name);
  const status: PartStatus = {
    name: part.name,
    state: part.absent === undefined ? 'waiting' : 'absent',
    ...(part.port === undefined ? {} : { port: part.port }),
    ...(part.absent === undefined ? {} : { note: part.absent }),
    restarts: 0,
  };
  const jobs = new Set<Running>();
  let running: Running | undefined;
  let ending = false;
  let retryMs = FIRST_RETRY_MS;

  const become = (state: State, note?: string) => {
    status.state = state;
    if (note === undefined) delete status.note;
    else status.note = note;
    if (running?.pid === undefined || running.hasExited()) delete status.pid;
    else status.pid = running.pid;
    onChange?.({ ...status });
  };

  const job: Job = {
    say: (note) => become(status.state, note),
    run: async (command, log = logFile) => {
      const process = launch(command, log);
      jobs.add(process);
      const exit = await process.exit;
      jobs.delete(process);
      if (exit.code !== 0) throw new Error(`${command.label ?? command.program} ${howItEnded(exit)}`);
    },
  };

  async function run(): Promise<void> {
    if (!part.command) return;
    const process = launch(part.command(), logFile);
    running = process;
    status.startedAt = process.startedAt;
    become('starting', part.remark);
    const ready = await until(part.isReady ?? (async () => true), {
      withinMs: part.readyWithinMs,
      everyMs: POLL_MS,
      giveUp: process.hasExited,
    });
    if (ready && !process.hasExited()) return;
    const why = process.hasExited()
      ? howItEnded(await process.exit)
      : `was not ready after ${part.readyWithinMs / 1000} s`;
    process.kill('SIGKILL');
    throw new StartFailure(part.name, why, logFile);
  }

  async function watch(process: Running): Promise<void> {
    const exit = await process.exit;
    if (ending || process !== running) return;
    if (Date.now() - process.startedAt > STEADY_AFTER_MS) retryMs = FIRST_RETRY_MS;
    await bringBack(howItEnded(exit));
  }

  async function bringBack(why: string): Promise<void> {
    status.restarts++;
    become('restarting', `${why}; again in ${retryMs} ms`);
    const gone = running;
    await sleep(retryMs);
    retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
    if (ending || running !== gone) return;
    try {
      await run();
      settle();
    } catch (error) {
      if (!ending) await bringBack(messageOf(error));
    }
  }

  function settle(): void {
    become('ready', part.remark);
    if (running) void watch(running);
  }

  async function start(): Promise<void> {
    if (part.absent !== undefined) return become('absent', part.absent);
    if (ending) return;
    const begun = Date.now();
    try {
      become('preparing');
      await part.prepare?.(job);
      if (ending) return;
      await run();
      await part.complete?.(job);
    } catch (error) {
      if (ending) return;
      become('failed', messageOf(error));
      throw error instanceof StartFailure ? error : new StartFailure(part.name, messageOf(error), logFile);
    }
    status.tookMs = Date.now() - begun;
    settle();
  }

  async function stop(): Promise<void> {
    const process = running;
    running = undefined;
    for (const each of jobs) each.killAll();
    if (process && !process.hasExited()) {
      process.kill('SIGTERM');
      const late = sleep(part.stopWithinMs, 'late' as const, { ref: false });
      if ((await Promise.race([process.exit, late])) === 'late') process.killAll();
      await process.exit;
    }
    if (status.state !== 'failed' && part.absent === undefined) become('stopped');
  }

  return {
    status: () => ({ ...status }),
    start,
    stop,
    restart: async () => {
      await stop();
      retryMs = FIRST_RETRY_MS;
      try {
        await part.prepare?.(job);
        await run();
      } catch (error) {
        become('failed', messageOf(error));
        throw error;
      }
      settle();
    },
    kill: (signal: NodeJS.Signals) => running?.kill(signal),
    /** From now on an end is an end. */
    end: () => {
      ending = true;
    },
    killNow: () => running?.killAll(),
  };
}

function howItEnded({ code, signal, error }: Exit): string {
  if (error) return `could not be started: ${error.message}`;
  return signal ? `was ended by ${signal}` : `ended with code ${code}`;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
