import { createLayout } from '../layout.ts';
import { until } from '../probes.ts';
import { findRunningShop, isAlive } from '../running-shop.ts';
import type { Settings } from '../settings.ts';
import { seconds } from '../terminal/amounts.ts';

const PATIENCE_MS = 6000;

/** Stops the shop of this data folder, wherever its launcher runs. Nothing running is fine too. */
export async function stop(settings: Settings): Promise<number> {
  const running = findRunningShop(createLayout(settings.dataDir).stateFile);
  if (!running) {
    process.stdout.write('The shop does not run.\n');
    return 0;
  }
  const begun = Date.now();
  process.kill(running.pid, 'SIGTERM');
  const gone = await until(async () => !isAlive(running.pid), { withinMs: PATIENCE_MS, everyMs: 50 });
  if (!gone) {
    process.stderr.write(
      `The launcher, process ${running.pid}, did not end within ${seconds(PATIENCE_MS)}.\n`,
    );
    return 1;
  }
  process.stdout.write(`Stopped in ${seconds(Date.now() - begun)}; the data is kept.\n`);
  return 0;
}
