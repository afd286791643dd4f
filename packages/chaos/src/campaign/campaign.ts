import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Arena, openArena } from '../arena/arena.ts';
import { buy, type Market } from '../buyers/buyer.ts';
import { keepCart } from '../buyers/cart-keeper.ts';
import { createGuest, openCustomers } from '../buyers/customers.ts';
import { mobileMoneyAt } from '../buyers/payment-methods.ts';
import { putOnSale } from '../buyers/products.ts';
import { execute } from '../faults/execution.ts';
import type { Ground } from '../faults/injection.ts';
import { nothingPlanted, type Planted } from '../faults/planted.ts';
import { type History, openHistory } from '../history.ts';
import { type Bench, openBench } from '../judges/bench.ts';
import { judgeLetters } from '../judges/letters.ts';
import type { FaultName } from '../plan/fault-kinds.ts';
import { createPlan, type Plan } from '../plan/plan.ts';
import { customerCount, PRODUCTS, scarceUnits } from '../plan/workload.ts';
import type { Sabotage } from '../planting/sabotages.ts';
import { type Count, createCount } from './count.ts';
import { audit, combine, type Finding } from './findings.ts';
import { keepLogs } from './logs.ts';
import { campaignNumbers, type Progress, showProgress } from './progress.ts';
import { isAtRest, type Unrest, untilAtRest } from './rest.ts';
import { type Timeline, timelineOf } from './timeline.ts';

export interface CampaignOptions {
  orders: number;
  faults: number;
  seed: number;
  /** Where history, reports and logs go. */
  folder: string;
  output: NodeJS.WriteStream;
  /** Only these kinds of faults. */
  only?: readonly FaultName[];
  sabotage?: Sabotage;
  /** Changes the plan before it runs; for campaigns made to show one thing. */
  tailor?: (plan: Plan) => Plan;
  /** How long to wait for quiet; two minutes when left out. */
  restWithinMs?: number;
  /** Not to wait any longer once a promise is broken. */
  endsWithViolation?: boolean;
  signal?: AbortSignal;
}

export interface CampaignResult {
  plan: Plan;
  findings: Finding[];
  violations: number;
  count: Count;
  timeline: Timeline;
  unrest: Unrest;
  tookMs: { start: number; orders: number; rest: number; whole: number };
  /** Where the logs of the parts are kept, when something is wrong. */
  logs?: string;
}

const CART_KEEPERS = 3;
const REST_WITHIN_MS = 120_000;
const LEAST_LOOK_MS = 3000;
/** The id of the violation that the shop did not come to rest. */
export const RESTLESS = 'quiet';

/** A whole campaign: a shop of its own, buyers and faults at once, quiet, audit. Rejects when the shop does not start. */
export async function runCampaign(options: CampaignOptions): Promise<CampaignResult> {
  const began = Date.now();
  const history = openHistory(join(options.folder, 'history.jsonl'));
  const bench = openBench(history);
  const count = createCount();
  const timeline = timelineOf(history);
  history.listen(count.see);
  const usual = createPlan(options);
  const plan = options.tailor?.(usual) ?? usual;
  const of = { orders: plan.orders.length, faults: plan.faults.length };
  const progress = showProgress(options.output, () =>
    campaignNumbers(count, of, () => bench.violations.length),
  );
  progress.doing('starting the shop');
  const arena = await openCampaignArena(options, history).catch((error: unknown) => {
    progress.end();
    throw error;
  });
  try {
    const course = await orAborted(runOn(arena, { plan, history, bench, progress, options }), options.signal);
    progress.doing('auditing');
    const findings = await judge(arena, { ...course, bench, count });
    const violations = findings.reduce((sum, it) => sum + it.violations.length, 0);
    const tookMs = { start: course.began - began, ...course.tookMs, whole: Date.now() - began };
    const logs = violations > 0 ? keepLogs(arena, options.folder) : undefined;
    const result = { plan, findings, violations, count, timeline, unrest: course.unrest, tookMs };
    return logs === undefined ? result : { ...result, logs };
  } finally {
    progress.doing('stopping the shop');
    await arena.close();
    arena.forget();
    await history.close();
    progress.end();
  }
}

const openCampaignArena = ({ sabotage, signal }: CampaignOptions, history: History) =>
  openArena({
    history,
    ...(sabotage ? { sabotage } : {}),
    ...(signal ? { signal } : {}),
    onChange: ({ name, state }) =>
      history.add({ type: 'part', at: Date.now(), part: name, up: state === 'ready' }),
  });

interface Course {
  began: number;
  planted: Planted;
  unrest: Unrest;
  tookMs: { orders: number; rest: number };
}

interface Running {
  plan: Plan;
  history: History;
  bench: Bench;
  progress: Progress;
  options: CampaignOptions;
}

/** Buyers and faults at once, then quiet. */
async function runOn(arena: Arena, { plan, history, bench, progress, options }: Running): Promise<Course> {
  const over = new AbortController();
  const shopping = new AbortController();
  options.signal?.addEventListener('abort', () => over.abort(), { once: true });
  const market = await openMarket(arena, { plan, history, signal: over.signal });
  const planted = nothingPlanted();
  const ground: Ground = { arena, history, planted };
  const keepers = keepCarts(market, shopping.signal);
  const began = Date.now();
  progress.doing('');
  const buyers = Promise.all(plan.orders.map((it) => at(it.atMs, () => buy(market, it))));
  await Promise.all(plan.faults.map((it) => at(it.atMs, () => execute(it, ground, over.signal))));
  await Promise.race([buyers, at(plan.durationMs - (Date.now() - began), async () => undefined)]);
  const quiet = Date.now();
  progress.doing('waiting for quiet');
  const unrest = await untilQuiet(arena, { buyers, bench, options });
  shopping.abort();
  over.abort();
  await Promise.all([buyers, keepers]);
  return { began, planted, unrest, tookMs: { orders: quiet - began, rest: Date.now() - quiet } };
}

/** All buyers are done and nothing moves, or the time is over, or enough is known. */
async function untilQuiet(
  arena: Arena,
  { buyers, bench, options }: Pick<Running, 'bench' | 'options'> & { buyers: Promise<unknown> },
): Promise<Unrest> {
  const began = Date.now();
  const { restWithinMs = REST_WITHIN_MS, endsWithViolation = false } = options;
  const isEnough = () => endsWithViolation && bench.violations.length > 0;
  let areDone = false;
  void buyers.then(() => {
    areDone = true;
  });
  while (!areDone && !isEnough() && Date.now() - began < restWithinMs) await sleep(100);
  const leftMs = Math.max(LEAST_LOOK_MS, restWithinMs - (Date.now() - began));
  return untilAtRest(arena, isEnough() ? LEAST_LOOK_MS : leftMs);
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  work.catch(() => undefined);
  return Promise.race([work, aborted.promise]).finally(() => signal.removeEventListener('abort', abort));
}

async function at(ms: number, act: () => Promise<void>): Promise<void> {
  await sleep(Math.max(0, ms));
  await act();
}

async function openMarket(
  arena: Arena,
  { plan, history, signal }: { plan: Plan; history: History; signal: AbortSignal },
): Promise<Market> {
  const shopUrl = arena.shop.url;
  const amounts = { products: PRODUCTS, scarceUnits: scarceUnits(plan.orders.length) };
  return {
    shopUrl,
    goods: await putOnSale(shopUrl, arena.account('merchandiser'), amounts),
    customers: await openCustomers(shopUrl, customerCount(plan.orders.length), history),
    mobileMoney: await mobileMoneyAt(shopUrl),
    history,
    signal,
  };
}

const keepCarts = ({ shopUrl, goods, history }: Market, signal: AbortSignal) =>
  Promise.all(
    Array.from({ length: CART_KEEPERS }, (_, number) => {
      const person = createGuest(shopUrl, `cart-keeper-${number}`, history);
      return keepCart({ person, sku: goods.shelf, history, signal });
    }),
  );

async function judge(
  arena: Arena,
  { planted, unrest, tookMs, bench, count }: Course & { bench: Bench; count: Count },
): Promise<Finding[]> {
  const letters = judgeLetters(arena.at.layout.folder('mail'));
  const judged = [...bench.judged(), letters];
  const findings = combine(await audit(arena, planted), judged, [...bench.violations, ...letters.violations]);
  return isAtRest(unrest) ? findings : [...findings, restless(unrest, { count, waitedMs: tookMs.rest })];
}

/** Whatever the audit makes of it: the shop did not come to rest. */
function restless(
  { orders, outboxes, queues }: Unrest,
  { count, waitedMs }: { count: Count; waitedMs: number },
): Finding {
  const left = `${orders} orders, ${outboxes} outbox rows and ${queues} messages left`;
  return {
    promise: 'I6',
    title: 'the shop comes to rest',
    checked: count.now().placed,
    violations: [{ promise: 'I6', id: RESTLESS, detail: `after ${Math.round(waitedMs / 1000)} s: ${left}` }],
  };
}
