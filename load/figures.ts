// npm run figures: what the running shop takes: memory, how soon the catalogue answers, how soon an order is confirmed.
import { performance } from 'node:perf_hooks';
import { createShopper } from '@shopstack/acceptance/shopper';
import { createLayout } from '@shopstack/stack/layout';
import { memoryOf, ownMemory, readParents } from '@shopstack/stack/process-memory';
import { findRunningShop, type RunningShop } from '@shopstack/stack/running-shop';
import { type Distribution, distribution, formatDistribution } from './distribution.ts';

const WARM_UP = 200;
const LISTS = 2000;
const ORDERS = 20;
const queries = ['limit=24', 'category=kitchen&sort=price-asc', 'q=lamp', 'inStock=true&minPrice=1000'];

const shop = findRunningShop(createLayout(process.env.SHOP_DATA_DIR ?? '.shopstack').stateFile);
if (shop) await measure(shop);
else {
  console.error('The shop does not run. npm start -- --detach starts it.');
  process.exitCode = 1;
}

async function measure(running: RunningShop): Promise<void> {
  const parents = readParents();
  const parts = running.parts.reduce((sum, { pid }) => sum + (pid ? memoryOf(pid, parents) : 0), 0);
  const megabytes = (parts + ownMemory(running.pid)) / 1024 / 1024;
  console.log(`memory of all parts         ${megabytes.toFixed(0)} MB`);
  console.log(`catalogue list, at service  ${formatDistribution(await lists(running))}`);
  console.log(`sim_ok order, to confirmed  ${formatDistribution(await orders(running.url))}`);
}

/** One request after the other on a kept connection, without gateway and browser. */
async function lists({ parts }: RunningShop): Promise<Distribution> {
  const port = parts.find(({ name }) => name === 'catalogue')?.port;
  const times: number[] = [];
  for (let at = 0; at < WARM_UP + LISTS; at++) {
    const since = performance.now();
    const reply = await fetch(`http://127.0.0.1:${port}/products?${queries[at % queries.length]}`);
    await reply.arrayBuffer();
    if (!reply.ok) throw new Error(`the catalogue answered ${reply.status}`);
    if (at >= WARM_UP) times.push(performance.now() - since);
  }
  return distribution(times);
}

/** From placed to confirmed by the order's own clock, one order after the other. */
async function orders(url: string): Promise<Distribution> {
  const times: number[] = [];
  const { items } = await createShopper(url).find('inStock=true&limit=50');
  const sku = items.find(({ stock }) => stock.available > 2 * ORDERS)?.sku ?? items[0]?.sku ?? '';
  for (let at = 0; at < ORDERS; at++) {
    const shopper = createShopper(url);
    const { id } = await shopper.buy(sku);
    const { steps } = await shopper.until(id, ['confirmed', 'shipped', 'completed']);
    const when = (name: string) => Date.parse(steps.find(({ step }) => step === name)?.at ?? '');
    times.push(when('confirmed') - when('placed'));
  }
  return distribution(times);
}
