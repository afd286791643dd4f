import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from '../command.ts';
import { createLayout, repository } from '../layout.ts';
import type { Job } from '../part.ts';
import { findRunningShop } from '../running-shop.ts';
import { runSeed } from '../seeds.ts';
import { serviceEnvironment, serviceNames } from '../services.ts';
import type { Settings } from '../settings.ts';
import { createSurroundings } from '../shop.ts';

/** Loads the sample data of every service into the running shop; what is there already stays. */
export async function seed(settings: Settings): Promise<number> {
  const running = findRunningShop(createLayout(settings.dataDir).stateFile);
  if (!running) {
    process.stderr.write('The shop does not run. Start it first: npm start -- --detach\n');
    return 1;
  }
  const { portBase, gatewayPort } = running;
  const at = createSurroundings({ dataDir: settings.dataDir, portBase, gatewayPort });
  const ready = running.parts.filter(({ state }) => state === 'ready').map(({ name }) => name);
  for (const name of serviceNames.filter((service) => ready.includes(service))) {
    const file = join(repository, 'services', name, 'src/seed.ts');
    if (!existsSync(file)) continue;
    await runSeed({ name, file, env: serviceEnvironment(name, at) }, at, printingJob(name));
  }
  process.stdout.write('The sample data is in.\n');
  return 0;
}

function printingJob(name: string): Job {
  return {
    say: (note) => void process.stdout.write(`${name}: ${note}\n`),
    run: async (command, logFile = '') => {
      const { code, signal } = await launch(command, logFile).exit;
      if (code !== 0)
        throw new Error(`${command.label ?? command.program} ended with ${signal ?? `code ${code}`}`);
    },
  };
}
