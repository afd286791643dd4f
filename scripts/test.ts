// npm test: every tier on real stores, then the whole shop. Ends with one line, "N passed, N failed".
import { mkdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { serviceNames } from '@shopstack/stack/services';
import { startShop } from '@shopstack/stack/shop';
import { startSpanReceiver } from '@shopstack/testkit/span-receiver';
import { findBrowser } from './bootstrap/browser.mjs';
import { runTier } from './test/jest-tier.ts';
import { closingLine, type TierResult, tierTable } from './test/report.ts';
import { openTestStores } from './test/stores.ts';

const dataDir = join(import.meta.dirname, '../.shopstack/test');
const more = process.argv.slice(2);
const say = (line: string) => process.stderr.write(`${line}\n`);
/** What a loaded machine can fail although nothing is wrong; a unit test has no such excuse. */
const timed = /\.(int|e2e)\.test\.ts$/;
const tiers = {
  /** Integration tests wait more than they compute: for timers, restarts and retries. */
  'unit, integration': {
    projects: ['unit', 'integration'],
    workers: 2 * availableParallelism(),
    again: timed,
  },
  /** Pages wait for parcels and for people who read: half of the time nothing is computed. */
  e2e: { projects: ['e2e'], workers: 2 * availableParallelism(), again: timed },
  /** On the shop of the tier before, which is audited with all that happened to it. */
  kill: { projects: ['kill'], workers: 1 },
  campaign: { projects: ['campaign'], workers: 1 },
};
const run = (tier: keyof typeof tiers, environment: Record<string, string>) =>
  runTier({ tier, environment, outputFile: join(dataDir, `${tier}.json`), ...tiers[tier], more });

rmSync(dataDir, { recursive: true, force: true });
mkdirSync(dataDir, { recursive: true });
const results: TierResult[] = [];

const stores = await openTestStores(join(dataDir, 'stores'));
say(`unit tests, and integration tests on ${stores.choice}`);
try {
  results.push(await run('unit, integration', stores.environment));
} finally {
  await stores.close();
}

say('\nthe whole shop: purchase, browser');
const browser = findBrowser(process.env);
if (!browser)
  say(
    'skipped: browser tests, because there is no Chromium and it could not be installed (Debian: apt-get install chromium)',
  );
const collector = await startSpanReceiver();
/** So few traces are kept that the only one is that of the test which asks for it by its id. */
const tracing = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_TRACES_SAMPLER_ARG: '0.0001' };
try {
  const shop = await startShop({
    dataDir: join(dataDir, 'shop'),
    env: {
      simulators: { CARRIER_PACE_MS: '1500' },
      ...Object.fromEntries(serviceNames.map((name) => [name, tracing])),
    },
    broker: { management: true },
  });
  try {
    const environment = {
      SHOP_URL: shop.url,
      SHOP_DATA_DIR: join(dataDir, 'shop'),
      SPANS_URL: collector.url,
      ...(browser ? { CHROMIUM: browser } : {}),
    };
    results.push(await run('e2e', environment));
    say('\nkills in this shop, and a fault campaign in one of its own');
    results.push(...(await Promise.all([run('kill', environment), run('campaign', {})])));
  } finally {
    await shop.close();
  }
} catch (error) {
  say(`the shop did not start: ${error instanceof Error ? error.message : String(error)}`);
  results.push({ tier: 'e2e', passed: 0, failed: 1, skipped: 0, seconds: 0 });
} finally {
  await collector.close();
}

console.log(`\n${tierTable(results)}\n`);
console.log(closingLine(results));
process.exitCode = results.some(({ failed }) => failed > 0) ? 1 : 0;
