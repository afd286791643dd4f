import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, renameSync, statSync } from 'node:fs';
import { findProgram, programDirectories } from '../../../scripts/bootstrap/servers.mjs';

export interface Command {
  program: string;
  /** How it is called in messages. */
  label?: string;
  args: readonly string[];
  /** The whole environment of the child, besides PATH, HOME and the language. */
  env: Readonly<Record<string, string>>;
  cwd: string;
  /** What the kernel sends to the child when this process dies, however it dies. */
  whenWeDie: 'SIGTERM' | 'SIGKILL';
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Set when the program could not be started at all. */
  error?: Error;
}

export interface Running {
  readonly pid: number | undefined;
  readonly startedAt: number;
  readonly exit: Promise<Exit>;
  hasExited(): boolean;
  kill(signal: NodeJS.Signals): void;
  /** Kills it and everything that it started in its session. */
  killAll(): void;
}

const directories = programDirectories(process.env);
const setpriv = process.platform === 'linux' ? findProgram('setpriv', directories) : undefined;
const LOG_ROTATES_AT_BYTES = 10 * 1024 * 1024;

/** The full path of a program, which may go by several names; throws when this machine does not have it. */
export function programPath(program: string | readonly string[]): string {
  const path = findProgram(program, directories);
  if (path === undefined) throw new Error(`${[program].flat()[0]} is not installed`);
  return path;
}

/**
 * Starts a child in a session of its own (Ctrl-C reaches only us) that cannot outlive this process, with its output
 * appended to `logFile`.
 */
export function launch(command: Command, logFile: string): Running {
  const log = openLog(logFile);
  try {
    return follow(spawnWith(command, log));
  } finally {
    closeSync(log);
  }
}

function spawnWith(command: Command, log: number): ChildProcess {
  const { program, args } = command;
  const bound = setpriv
    ? { program: setpriv, args: ['--pdeathsig', command.whenWeDie.slice(3), '--', program, ...args] }
    : { program, args };
  return spawn(bound.program, bound.args, {
    cwd: command.cwd,
    env: { ...baseEnvironment(), ...command.env },
    stdio: ['ignore', log, log],
    detached: true,
  });
}

function baseEnvironment(): Record<string, string> {
  const { HOME, TZ } = process.env;
  return {
    PATH: directories.join(':'),
    LANG: 'C.UTF-8',
    ...(HOME === undefined ? {} : { HOME }),
    ...(TZ === undefined ? {} : { TZ }),
  };
}

function follow(child: ChildProcess): Running {
  let exited = false;
  const exit = new Promise<Exit>((resolve) => {
    const end = (how: Exit) => {
      exited = true;
      resolve(how);
    };
    child.once('error', (error) => end({ code: null, signal: null, error }));
    child.once('exit', (code, signal) => end({ code, signal }));
  });
  return {
    pid: child.pid,
    startedAt: Date.now(),
    exit,
    hasExited: () => exited,
    kill: (signal) => {
      child.kill(signal);
    },
    killAll: () => {
      if (child.pid !== undefined && !exited) process.kill(-child.pid, 'SIGKILL');
    },
  };
}

function openLog(file: string): number {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_ROTATES_AT_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}
