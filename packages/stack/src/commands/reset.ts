import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createLayout } from '../layout.ts';
import { findRunningShop } from '../running-shop.ts';
import type { Settings } from '../settings.ts';

/** Only what the shop has made itself: the data folder may be anybody's. */
const ours = [
  ...['logs', 'mail', 'cache', 'redis', 'mariadb', 'rabbitmq', 'mongo', 'simulators', 'gateway'],
  ...['prometheus', 'alertmanager'],
  ...['secrets.json', 'seeded.json', 'state.json'],
];

/** Removes all data of the shop. Refuses while it runs. */
export async function reset(settings: Settings): Promise<number> {
  const { dataDir } = settings;
  const running = existsSync(dataDir) ? findRunningShop(createLayout(dataDir).stateFile) : undefined;
  if (running) {
    process.stderr.write(`The shop runs at ${running.url}. Stop it first: npm stop\n`);
    return 1;
  }
  const present = ours.map((name) => join(dataDir, name)).filter((path) => existsSync(path));
  for (const path of present) rmSync(path, { recursive: true, force: true });
  if (existsSync(dataDir) && readdirSync(dataDir).length === 0) rmdirSync(dataDir);
  process.stdout.write(
    present.length === 0 ? 'There is no data to remove.\n' : `Removed all data and secrets in ${dataDir}.\n`,
  );
  return 0;
}
