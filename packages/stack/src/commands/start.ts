import { relative } from 'node:path';
import { sampleAccounts } from '../accounts.ts';
import { createLayout } from '../layout.ts';
import type { PartStatus } from '../part.ts';
import { findRunningShop } from '../running-shop.ts';
import type { Settings } from '../settings.ts';
import { createSurroundings, type Shop } from '../shop.ts';
import { seconds } from '../terminal/amounts.ts';
import { openBlock } from '../terminal/open-block.ts';
import { openStartScreen } from '../terminal/screen.ts';
import { paintFor } from '../terminal/style.ts';
import { crashReporter } from './crash-reporter.ts';
import { runShop } from './launch.ts';

/** Runs the shop here, with its start on the screen, until Ctrl-C. `onOpen` is called when everything is ready. */
export async function start(settings: Settings, onOpen?: (shop: Shop) => void): Promise<number> {
  if (sayWhenRunning(settings)) return 0;
  const { stdout } = process;
  const begun = Date.now();
  const screen = openStartScreen(stdout);
  const reporter = crashReporter(stdout);
  let open = false;
  let stoppingSince: number | undefined;
  try {
    await runShop(settings, {
      onChange: (part) => {
        if (open && stoppingSince === undefined) reporter(part);
        else if (!open) screen.show(part);
      },
      onOpen: (shop) => {
        open = true;
        screen.end();
        sayOpen(settings, shop.parts, { tookMs: Date.now() - begun, howToStop: 'Ctrl-C stops everything.' });
        onOpen?.(shop);
      },
      onStopping: () => {
        if (!open) screen.end();
        stoppingSince = Date.now();
        stdout.write('\nStopping …\n');
      },
    });
  } catch (error) {
    screen.end();
    throw error;
  }
  stdout.write(`Stopped in ${seconds(Date.now() - (stoppingSince ?? begun))}; the data is kept.\n`);
  return 0;
}

/** Tells where the shop of this data folder runs, when it does. */
export function sayWhenRunning(settings: Settings): boolean {
  const running = findRunningShop(createLayout(settings.dataDir).stateFile);
  if (!running) return false;
  process.stdout.write(
    `The shop already runs at ${running.url} (process ${running.pid}, data in ${settings.dataDir}).\n` +
      'npm run status shows its parts; npm stop ends it.\n',
  );
  return true;
}

export function sayOpen(
  settings: Settings,
  parts: readonly PartStatus[],
  how: { tookMs: number; howToStop: string },
): void {
  const { secrets } = createSurroundings(settings);
  const block = openBlock({
    ...how,
    url: `http://localhost:${settings.gatewayPort}`,
    accounts: sampleAccounts(secrets),
    parts,
    dataDir: shortPath(settings.dataDir),
    paint: paintFor(process.stdout, process.env),
  });
  process.stdout.write(`${block}\n`);
}

function shortPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith('..') ? path : fromHere;
}
