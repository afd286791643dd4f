import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

export interface Outcome {
  code: number | null;
  output: string;
}

export interface ServerProcess {
  url: string;
  child: ChildProcess;
  /** Sends the signal and waits for the end. */
  end: (signal: NodeJS.Signals) => Promise<Outcome>;
}

const started = new Set<ChildProcess>();

/** Kills by process id what a failed test has left. */
export function killLeftovers(): void {
  for (const child of started) child.kill('SIGKILL');
}

function launch(env: Record<string, string>) {
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      MONGO_PORT: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.add(child);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const ended = once(child, 'exit').then(([code]: unknown[]): Outcome => {
    started.delete(child);
    return { code: typeof code === 'number' ? code : null, output };
  });
  return { child, ended, output: () => output };
}

export async function startProcess(env: Record<string, string>): Promise<ServerProcess> {
  const { child, ended, output } = launch(env);
  const end = (signal: NodeJS.Signals): Promise<Outcome> => {
    child.kill(signal);
    return ended;
  };
  for (;;) {
    const url = /mongodb:\/\/[\d.]+:\d+\//.exec(output())?.[0];
    if (url) return { url, child, end };
    await Promise.race([
      once(child.stdout, 'data'),
      ended.then((outcome) => Promise.reject(new Error(outcome.output))),
    ]);
  }
}

/** Starts a server that is expected to end by itself. */
export const runProcess = (env: Record<string, string>): Promise<Outcome> => launch(env).ended;

export async function withDirectory(use: (directory: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'mongo-embedded-'));
  try {
    await use(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
