import { type Command, help, readCommand } from './command-line.ts';
import { promote } from './commands/promote.ts';
import { release } from './commands/release.ts';
import { rollback } from './commands/rollback.ts';
import { status } from './commands/status.ts';
import { assertSignedIn, openAws } from './doing/aws.ts';
import { signDockerIn } from './doing/docker.ts';
import { openGit } from './doing/git.ts';
import { programsIn } from './doing/program.ts';
import { redactorFor } from './domain/secrets.ts';
import { oneLine, Refusal, UsageRefusal } from './refusal.ts';
import { readSettings, registryOf } from './settings.ts';
import type { Tools } from './tools.ts';

export interface Surroundings {
  environment: NodeJS.ProcessEnv;
  cwd: string;
  signal: AbortSignal;
  /** Takes results; progress and faults go to `progress`. */
  output: (text: string) => void;
  progress: (text: string) => void;
}

/** Runs one command. @returns the exit code: 0 done, 1 refused or failed, 2 not understood, 130 stopped */
export async function runCli(typed: readonly string[], around: Surroundings): Promise<number> {
  const redact = redactorFor(around.environment);
  const fail = (error: unknown) => around.progress(`${redact(oneLine(error))}\n`);
  try {
    const command = readCommand(typed);
    if (command.kind === 'help') around.output(help);
    else await withTools(around, redact, (tools) => carryOut(command, tools));
    return 0;
  } catch (error) {
    if (around.signal.aborted) {
      fail('Stopped. What was pushed stays; run again to finish.');
      return 130;
    }
    fail(error instanceof Refusal ? error : new Error(`failed: ${oneLine(error)}`));
    return error instanceof UsageRefusal ? 2 : 1;
  }
}

async function openTools(around: Surroundings, redact: (text: string) => string): Promise<Tools> {
  const { environment, cwd, signal } = around;
  const settings = readSettings(environment);
  const run = programsIn({ environment, cwd, signal });
  const startedAt = performance.now();
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1).padStart(6);
  return {
    run,
    git: await openGit(run, settings.remote),
    settings,
    say: (line) => around.progress(`${seconds()} s  ${redact(line)}\n`),
    quote: (line) => around.progress(`          | ${redact(line)}\n`),
    print: (text) => around.output(`${redact(text)}\n`),
    redact,
  };
}

async function withTools(
  around: Surroundings,
  redact: (text: string) => string,
  work: (tools: Tools) => Promise<void>,
): Promise<void> {
  const tools = await openTools(around, redact);
  try {
    await work(tools);
  } finally {
    await tools.git.close();
  }
}

function carryOut(command: Exclude<Command, { kind: 'help' }>, tools: Tools): Promise<void> {
  const environment = command.environment ?? tools.settings.environment;
  switch (command.kind) {
    case 'release':
      return release({ ...command, environment }, tools);
    case 'rollback':
      return rollback({ ...command, environment }, tools);
    case 'promote':
      return promote(command, tools);
    case 'status':
      return status(tools);
    case 'login':
      return login(command, tools);
  }
}

async function login({ dryRun }: { dryRun: boolean }, { settings, run, print }: Tools): Promise<void> {
  const registry = registryOf(settings);
  if (dryRun) return print(`Would sign docker in to ${registry.host}. Dry run: nothing was changed.`);
  const aws = openAws(run, registry);
  await assertSignedIn(aws, registry);
  await signDockerIn(run, aws, registry);
  print(`docker is signed in to ${registry.host}.`);
}
