import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { sampleAccounts } from './accounts.ts';
import { readStringRecord } from './json.ts';
import type { Job, Say } from './part.ts';
import { nodeCommand } from './parts/node-command.ts';
import { StartFailure } from './start-failure.ts';
import type { Surroundings } from './surroundings.ts';

export interface Seed {
  name: string;
  file: string;
  /** The environment of its service. */
  env: Record<string, string>;
}

const LINE_EVERY_MS = 150;

/** Loads a service's sample data unless that was done before in this data folder. */
export async function seedOnce(seed: Seed, at: Surroundings, job: Job): Promise<void> {
  if (!existsSync(seed.file) || seededAt(at)[seed.name] !== undefined) return;
  job.say('loading sample data');
  await runSeed(seed, at, job);
}

/** Loads a service's sample data, telling each line of its progress; throws when that fails. */
export async function runSeed(seed: Seed, at: Surroundings, job: Job): Promise<void> {
  const logFile = at.layout.logFile(`${seed.name}-seed`);
  rmSync(logFile, { force: true });
  const env = { ...seed.env, SAMPLE_ACCOUNTS: JSON.stringify(sampleAccounts(at.secrets)) };
  const command = nodeCommand(seed.file, { layout: at.layout, env, whenWeDie: 'SIGKILL' });
  const tellProgress = newLineTeller(logFile, job.say);
  const timer = setInterval(tellProgress, LINE_EVERY_MS);
  try {
    await job.run({ ...command, label: 'loading sample data' }, logFile);
  } catch (error) {
    throw new StartFailure(seed.name, error instanceof Error ? error.message : String(error), logFile);
  } finally {
    clearInterval(timer);
    tellProgress();
  }
  const seeded = { ...seededAt(at), [seed.name]: new Date().toISOString() };
  writeFileSync(at.layout.seededFile, `${JSON.stringify(seeded, null, 2)}\n`);
}

function seededAt({ layout }: Surroundings): Record<string, string> {
  return existsSync(layout.seededFile) ? readStringRecord(readFileSync(layout.seededFile, 'utf8')) : {};
}

function newLineTeller(file: string, say: Say): () => void {
  let told = 0;
  return () => {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
    for (const line of lines.slice(told)) if (line.trim() !== '') say(line.trim());
    told = lines.length;
  };
}
