// node load/telemetry.ts [share of traces kept]…: what telemetry costs. Shops without it and with it take turns in one run.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createShopper } from '@shopstack/acceptance/shopper';
import { type ServiceName, serviceNames } from '@shopstack/stack/services';
import { type Shop, startShop } from '@shopstack/stack/shop';
import { distribution } from './distribution.ts';

const ROUNDS = 9;
const WARM_UP_ROUNDS = 2;
const BROWSES = 400;
const BROWSERS = 8;
const CHECKOUTS = 8;
const BUYERS = 4;
const queries = ['limit=24', 'category=kitchen&sort=price-asc', 'q=lamp', 'inStock=true&minPrice=1000'];

interface Side {
  name: string;
  shop: Shop;
  sku: string;
}
interface Cost {
  perSecond: number[];
  /** Processor milliseconds of all services per request. */
  cpuMs: number[];
}

const dataDir = mkdtempSync(join(tmpdir(), 'shop-telemetry-'));
const shares = process.argv.length > 2 ? process.argv.slice(2) : ['0.1', '1'];
const collector = createServer((req, res) => req.resume().on('end', () => res.end('{}')));
await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
const { port } = collector.address() as AddressInfo;
const sides: Side[] = [];
try {
  sides.push(await open('without', {}));
  for (const share of shares) sides.push(await open(share, tracing(share)));
  console.log(`telemetry by the share of traces kept, against none; medians of ${ROUNDS} rounds in turn`);
  report(
    'browse',
    await compare(({ shop }) => together(BROWSERS, BROWSES, (at) => browse(shop, at)), BROWSES),
  );
  report('checkout', await compare((side) => together(BUYERS, CHECKOUTS, () => checkout(side)), CHECKOUTS));
} finally {
  for (const { shop } of sides) await shop.close();
  collector.close();
  rmSync(dataDir, { recursive: true, force: true });
}

async function open(name: string, env: Record<string, Record<string, string>>): Promise<Side> {
  const shop = await startShop({ dataDir: join(dataDir, name), env: { gateway: {}, ...env } });
  const { items } = await createShopper(shop.url).find('inStock=true&limit=50');
  const sku = items.toSorted((a, b) => b.stock.available - a.stock.available)[0]?.sku ?? '';
  return { name, shop, sku };
}

function tracing(share: string): Record<string, Record<string, string>> {
  const OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${port}`;
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_TRACES_SAMPLER_ARG: share };
  return Object.fromEntries(serviceNames.map((name) => [name, env]));
}

/** Rounds in turn, so that whatever else the machine does hits both. */
async function compare(round: (side: Side) => Promise<void>, requests: number): Promise<Cost[]> {
  const costs = sides.map((): Cost => ({ perSecond: [], cpuMs: [] }));
  for (let at = 0; at < WARM_UP_ROUNDS + ROUNDS; at++) {
    for (const [index, side] of sides.entries()) {
      const [cpuBefore, began] = [await cpuSeconds(side), performance.now()];
      await round(side);
      const seconds = (performance.now() - began) / 1000;
      if (at < WARM_UP_ROUNDS) continue;
      costs[index]?.perSecond.push(requests / seconds);
      costs[index]?.cpuMs.push((1000 * ((await cpuSeconds(side)) - cpuBefore)) / requests);
    }
  }
  return costs;
}

function report(what: string, [without, ...traced]: Cost[]): void {
  if (!without) return;
  const line = (of: (cost: Cost) => number[], unit: string, cost: Cost, share: string) => {
    const ratios = of(without).map((value, at) => (of(cost)[at] ?? 0) / value);
    const percent = (100 * (median(ratios) - 1)).toFixed(1).padStart(6);
    const values = `${median(of(without)).toFixed(1)} → ${median(of(cost)).toFixed(1)}`;
    console.log(`${what.padEnd(9)} ${share.padEnd(5)} ${unit.padEnd(11)} ${values.padEnd(16)} ${percent} %`);
  };
  for (const [index, cost] of traced.entries()) {
    const share = shares[index] ?? '';
    line((it) => it.perSecond, 'requests/s', cost, share);
    line((it) => it.cpuMs, 'cpu ms', cost, share);
  }
}

function median(values: readonly number[]): number {
  return distribution(values).p50;
}

async function together(workers: number, times: number, work: (at: number) => Promise<void>): Promise<void> {
  let next = 0;
  const one = async () => {
    for (let at = next++; at < times; at = next++) await work(at);
  };
  await Promise.all(Array.from({ length: workers }, one));
}

async function browse(shop: Shop, at: number): Promise<void> {
  const port = portOf(shop, 'catalogue');
  const reply = await fetch(`http://127.0.0.1:${port}/products?${queries[at % queries.length]}`);
  await reply.arrayBuffer();
  if (!reply.ok) throw new Error(`the catalogue answered ${reply.status}`);
}

/** A guest's cart, offer and order, until it is confirmed: every service has done its part. */
async function checkout({ shop, sku }: Side): Promise<void> {
  const shopper = createShopper(shop.url);
  const { id } = await shopper.buy(sku);
  await shopper.until(id, ['confirmed', 'shipped', 'completed'], 60_000);
}

function portOf(shop: Shop, service: ServiceName): number {
  return shop.surroundings.ports(service);
}

async function cpuSeconds({ shop }: Side): Promise<number> {
  const each = serviceNames.map(async (name) => {
    const text = await (await fetch(`http://127.0.0.1:${portOf(shop, name)}/metrics`)).text();
    return Number(/^shop_process_cpu_seconds_total (\S+)$/m.exec(text)?.[1] ?? 0);
  });
  return (await Promise.all(each)).reduce((sum, it) => sum + it, 0);
}
