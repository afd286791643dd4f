import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Refusal } from '../refusal.ts';

export interface RunOptions {
  input?: string;
  environment?: Record<string, string>;
  /** Gets every line while the program works. */
  onLine?: (line: string) => void;
  cwd?: string;
}
export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}
/** Runs a program to its end; a code other than 0 is an answer, not an error. */
export type Run = (program: string, words: readonly string[], options?: RunOptions) => Promise<Outcome>;

interface Surroundings {
  environment: NodeJS.ProcessEnv;
  cwd: string;
  signal: AbortSignal;
}

const installHints: Record<string, string> = {
  aws: 'install the AWS CLI',
  docker: 'install Docker with buildx',
  git: 'install git 2.38 or newer',
};

/** Programs are found on the PATH of `environment`, started without a shell, and stopped by `signal`. */
export function programsIn({ environment, cwd, signal }: Surroundings): Run {
  return (program, words, options = {}) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const child = spawn(program, words, {
        cwd: options.cwd ?? cwd,
        env: { ...environment, ...options.environment },
        stdio: ['pipe', 'pipe', 'pipe'],
        signal,
      });
      const texts = { stdout: '', stderr: '' };
      for (const name of ['stdout', 'stderr'] as const) {
        child[name].setEncoding('utf8').on('data', (text: string) => {
          texts[name] += text;
        });
        if (options.onLine) createInterface(child[name]).on('line', options.onLine);
      }
      child.on('error', (error: NodeJS.ErrnoException) =>
        reject(error.code === 'ENOENT' ? notFound(program) : error),
      );
      child.on('close', (code) => resolve({ code: code ?? 1, ...texts }));
      child.stdin.on('error', () => undefined).end(options.input ?? '');
    });
}

/** The last thing a program said: usually why it failed. */
export function lastLine({ stderr, stdout, code }: Outcome): string {
  const lines = `${stdout}\n${stderr}`.split('\n').map((line) => line.trim());
  return lines.findLast((line) => line !== '') ?? `exit code ${code}`;
}

function notFound(program: string): Refusal {
  const hint = installHints[program] ?? `install ${program}`;
  return new Refusal(`${program} is not on the PATH: ${hint} and run again`);
}
