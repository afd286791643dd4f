// node load/starts.ts [service]…: from the start of a second process of each service to ready, without traces and with all of them.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { launch } from '@shopstack/stack/command';
import { freePort } from '@shopstack/stack/free-ports';
import { servicePart } from '@shopstack/stack/parts/service';
import { serviceNames } from '@shopstack/stack/services';
import { type Shop, startShop } from '@shopstack/stack/shop';
import { distribution, formatDistribution } from './distribution.ts';

const STARTS = 10;
const LOOKS_EVERY_MS = 5;

const dataDir = mkdtempSync(join(tmpdir(), 'shop-starts-'));
const collector = createServer((req, res) => req.resume().on('end', () => res.end('{}')));
await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
const { port: collectorPort } = collector.address() as AddressInfo;
const traced = {
  OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collectorPort}`,
  OTEL_TRACES_SAMPLER_ARG: '1',
};
const shop = await startShop({ dataDir, env: { gateway: {} } });
try {
  for (const name of process.argv.length > 2 ? process.argv.slice(2) : serviceNames) await measure(name);
} finally {
  await shop.close();
  collector.close();
  rmSync(dataDir, { recursive: true, force: true });
}

/** The two take turns; the first start of each fills the compile cache and does not count. */
async function measure(name: string): Promise<void> {
  const sides = [
    { label: 'without', env: {}, times: [] as number[] },
    { label: 'with', env: traced, times: [] as number[] },
  ];
  for (let at = 0; at <= STARTS; at++) {
    for (const { env, times } of sides) {
      const ms = await start(name, env, shop);
      if (at > 0) times.push(ms);
    }
  }
  for (const { label, times } of sides) {
    console.log(`${name.padEnd(10)} ${label.padEnd(8)} ${formatDistribution(distribution(times))}`);
  }
}

async function start(wanted: string, env: Record<string, string>, { surroundings }: Shop): Promise<number> {
  const name = serviceNames.find((it) => it === wanted);
  if (!name) throw new Error(`there is no service ${wanted}`);
  const port = await freePort();
  const overrides = { ...env, PORT: String(port) };
  const command = servicePart(name, surroundings, { seed: false, overrides }).command?.();
  if (!command) throw new Error(`${name} is not a process`);
  const began = performance.now();
  const running = launch(command, surroundings.layout.logFile(`second-${name}`));
  const isReady = () =>
    fetch(`http://127.0.0.1:${port}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) {
    if (running.hasExited()) throw new Error(`${name} ended before it was ready`);
    await sleep(LOOKS_EVERY_MS);
  }
  const took = performance.now() - began;
  running.kill('SIGTERM');
  await running.exit;
  return took;
}
