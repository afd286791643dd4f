// Loaded before a service by NODE_OPTIONS=--import: changes the sources of the plan as Node loads them.
import { writeSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { claimFailpoint } from './armament.ts';
import { type Planting, readPlanting } from './environment.ts';
import { planFor } from './plan.ts';

const repository = join(import.meta.dirname, '../../../..');
const STDERR = 2;

function readOrExit(): Planting {
  try {
    return readPlanting(process.env);
  } catch (error) {
    writeSync(STDERR, `planting: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

const { service, failpointDir, sabotage } = readOrExit();
const plan = planFor(service, sabotage);
const planted = new Map([...plan.files].map((file) => [pathToFileURL(join(repository, file)).href, file]));

registerHooks({
  load: (url, context, nextLoad) => {
    const loaded = nextLoad(url, context);
    const file = planted.get(url);
    if (file === undefined || loaded.source == null) return loaded;
    const source =
      typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source);
    return { ...loaded, source: plan.apply(file, source) };
  },
});

/** What the planted calls call. The process ends inside, as by a power cut. */
const reachFailpoint = (name: string): void => {
  if (!claimFailpoint(failpointDir, service, name)) return;
  writeSync(STDERR, `failpoint ${service}.${name} reached\n`);
  process.kill(process.pid, 'SIGKILL');
};
Object.assign(globalThis, { reachFailpoint });
