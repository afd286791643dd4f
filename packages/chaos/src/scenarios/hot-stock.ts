import { randomUUID } from 'node:crypto';
import { createShopper, type ShopAnswer, type Shopper } from '@shopstack/acceptance/shopper';
import { PlacedOrder } from '@shopstack/contracts/dispatch';
import type { Order } from '@shopstack/contracts/order';
import { openArena } from '../arena/arena.ts';
import { insist, problemOf } from '../buyers/patience.ts';
import { newProduct } from '../buyers/products.ts';
import { recordingFetch } from '../buyers/recorder.ts';
import { percentile } from '../campaign/count.ts';
import { audit, combine } from '../campaign/findings.ts';
import { untilAtRest } from '../campaign/rest.ts';
import { nothingPlanted } from '../faults/planted.ts';
import { merchandiserOf } from './merchandiser.ts';
import type { Scenario, ScenarioResult } from './scenario.ts';

const BUYERS = 500;
const UNITS = 50;
const EARLIER_ORDERS = 200;
const PREPARED_AT_ONCE = 10;
const ANSWER_WITHIN_MS = 60_000;
const REST_WITHIN_MS = 120_000;
const paid: readonly Order['status'][] = ['confirmed', 'shipped', 'completed'];

interface Buyer {
  shopper: Shopper;
  body: object;
}
interface Answered {
  shopper: Shopper;
  answer: ShopAnswer | undefined;
  tookMs: number;
}

/** 500 buyers press the button at once, and there are 50 units. The shop is at work: it has sold other things before. */
export const hotStock: Scenario = {
  open: (history, signal) => openArena({ history, signal, direct: true }),
  run: async (arena, { history, say }) => {
    const merchandiser = await merchandiserOf(arena);
    say(`${EARLIER_ORDERS} orders of something else`);
    const everyday = await newProduct(merchandiser, 'Everyday', EARLIER_ORDERS);
    await pooled(EARLIER_ORDERS, PREPARED_AT_ONCE, () => createShopper(arena.shop.url).buy(everyday));
    await untilAtRest(arena, REST_WITHIN_MS);
    const sku = await newProduct(merchandiser, 'Hot stock', UNITS);
    say(`${BUYERS} buyers fill their carts`);
    const buyers = await pooled(BUYERS, PREPARED_AT_ONCE, (number) =>
      prepare(createShopper(arena.shop.url, recordingFetch(history, `buyer-${number}`)), sku),
    );
    say('all of them order');
    const answers = await Promise.all(buyers.map(press));
    say('waiting for quiet');
    await untilAtRest(arena, REST_WITHIN_MS);
    const placed = answers.filter(({ answer }) => answer?.status === 201);
    const ends = await pooled(placed.length, PREPARED_AT_ONCE, (index) => endOf(placed[index]));
    const { body } = await createShopper(arena.shop.url).ask('GET', `/catalogue/products/${sku}`);
    const findings = combine(await audit(arena, nothingPlanted()), [], []);
    const broken = findings.flatMap((it) => it.violations).length;
    return resultOf({ answers, ends, left: leftOf(body), broken });
  },
};

async function prepare(shopper: Shopper, sku: string): Promise<Buyer> {
  const cart = await shopper.add(sku);
  return { shopper, body: shopper.orderBody(cart, await shopper.quote(cart)) };
}

/** Presses again, with the same key, when told to come back later. */
async function press({ shopper, body }: Buyer): Promise<Answered> {
  const began = Date.now();
  const key = randomUUID();
  const answer = await insist(() => shopper.place(body, key), { forMs: ANSWER_WITHIN_MS });
  return { shopper, answer, tookMs: Date.now() - began };
}

async function endOf(answered: Answered | undefined): Promise<Order | undefined> {
  const id = PlacedOrder.safeParse(answered?.answer?.body).data?.id;
  return id === undefined ? undefined : answered?.shopper.order(id);
}

function leftOf(body: unknown): number | undefined {
  if (typeof body !== 'object' || body === null || !('stock' in body)) return undefined;
  const { stock } = body;
  if (typeof stock !== 'object' || stock === null || !('available' in stock)) return undefined;
  return Number(stock.available);
}

/** Runs `work` for 0, 1, 2 … with so many at once; answers in that order. */
async function pooled<T>(count: number, atOnce: number, work: (number: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const worker = async () => {
    for (let number = next++; number < count; number = next++) results[number] = await work(number);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

function resultOf(seen: {
  answers: readonly Answered[];
  ends: readonly (Order | undefined)[];
  left: number | undefined;
  broken: number;
}): ScenarioResult {
  const { answers, ends, left, broken } = seen;
  const sold = ends.filter((order) => order !== undefined && paid.includes(order.status));
  const rejected = ends.filter((order) => order?.reason?.code === 'out-of-stock');
  const refused = answers.filter(({ answer }) => answer && problemOf(answer) === 'out-of-stock');
  const unclear = answers.length - sold.length - rejected.length - refused.length;
  const took = answers.map(({ tookMs }) => tookMs);
  const knew = ends.flatMap((it) => (it ? [Date.parse(it.updatedAt) - Date.parse(it.placedAt)] : []));
  return {
    good: sold.length === UNITS && unclear === 0 && left === 0 && broken === 0,
    lines: [
      `${BUYERS} buyers for ${UNITS} units: ${sold.length} sold, ${left ?? 'unknown'} left, ${refused.length} told at once that it is sold out, ${rejected.length} told a moment later, ${unclear} without a clear answer`,
      `Answer to the order: p50 ${percentile(took, 0.5)} ms, p99 ${percentile(took, 0.99)} ms; accepted orders came to their end after p50 ${percentile(knew, 0.5)} ms, p99 ${percentile(knew, 0.99)} ms`,
      `${broken} violations in the audit`,
    ],
  };
}
