// npm run alerts -- [--only ServiceDown,StoreDown] [--keep]: which faults raise which alerts, and how soon.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Shop, startShop } from '@shopstack/stack/shop';
import { type Case, cases } from './alerts/cases.ts';
import { rulesAt } from './alerts/prometheus.ts';
import { openSlack, type Slack } from './alerts/slack.ts';
import { type Stage, tryFault } from './alerts/stage.ts';
import { startTraffic } from './alerts/traffic.ts';
import type { Verdict } from './alerts/verdict.ts';
import { columns } from './containers/proof.ts';

/** Rates need something to look back on. */
const WARM_UP_MS = 90_000;
const REST_MS = 20_000;

const wanted = readWanted();
if (wanted) process.exitCode = (await run(wanted)) ? 0 : 1;
else {
  console.error(`npm run alerts -- [--only ${[...new Set(cases.flatMap(alertsOf))].join(',')}] [--keep]`);
  process.exitCode = 2;
}

function alertsOf({ raises }: Case): string[] {
  return raises.map(({ alert }) => alert);
}

function readWanted() {
  try {
    const options = { only: { type: 'string' }, keep: { type: 'boolean', default: false } } as const;
    const { values } = parseArgs({ options });
    const names = values.only?.split(',');
    const chosen = names ? cases.filter((it) => alertsOf(it).some((alert) => names.includes(alert))) : cases;
    return chosen.length > 0 ? { chosen, keep: values.keep } : undefined;
  } catch {
    return undefined;
  }
}

/** @returns whether every alert did what it should */
async function run({ chosen, keep }: { chosen: readonly Case[]; keep: boolean }): Promise<boolean> {
  const dataDir = mkdtempSync(join(tmpdir(), 'shop-alerts-'));
  const slack = await openSlack();
  try {
    const env = { alertmanager: { ALERTS_SLACK_URL: slack.url } };
    const shop = await startShop({ dataDir, observe: true, env });
    try {
      return await prove(shop, slack, chosen);
    } finally {
      await shop.close();
    }
  } finally {
    slack.close();
    if (keep) console.log(`Logs and data: ${dataDir}`);
    else rmSync(dataDir, { recursive: true, force: true });
  }
}

async function prove(shop: Shop, slack: Slack, chosen: readonly Case[]): Promise<boolean> {
  const prometheusUrl = `http://127.0.0.1:${shop.surroundings.ports('prometheus')}`;
  const traffic = startTraffic(shop.url);
  console.log(`${shop.url}: ${WARM_UP_MS / 1000} s of customers without a fault`);
  await sleep(WARM_UP_MS);
  const well = await faultsOfRest(prometheusUrl, slack);
  for (const fault of well) console.log(`✗ while all was well: ${fault}`);
  const verdicts = (
    await Promise.all(inTurns(chosen).map((turn) => runTurn(turn, { shop, slack, prometheusUrl })))
  ).flat();
  await traffic.stop();
  const { done, failed, orders } = traffic.count;
  console.log(`\n${done} visits, ${failed} failed, ${orders} orders\n`);
  console.log(table(verdicts).join('\n'));
  for (const line of besides(slack, chosen)) console.log(`  told besides: ${line}`);
  if (chosen === cases)
    console.log(`  not by fault, by promtool's tests alone: ${(await unproven(prometheusUrl)).join(', ')}`);
  const broken = verdicts.flatMap(({ alert, faults }) => faults.map((fault) => `${alert}: ${fault}`));
  for (const line of [...broken, ...slack.refused]) console.log(`✗ ${line}`);
  return well.length + broken.length + slack.refused.length === 0;
}

/** Rules that do not compute, and alerts that nobody asked for. */
async function faultsOfRest(prometheusUrl: string, { messages }: Slack): Promise<string[]> {
  const rules = await rulesAt(prometheusUrl);
  return [
    ...(rules.length === 0 ? ['there are no rules'] : []),
    ...rules.filter(({ health }) => health === 'err').map(({ name, lastError }) => `${name}: ${lastError}`),
    ...messages.map(({ title }) => title),
  ];
}

/** What these faults, or nothing at all, have raised too: for a person to judge. */
function besides({ messages }: Slack, chosen: readonly Case[]): string[] {
  const expected = chosen.flatMap(alertsOf);
  const titles = messages.map(({ title }) => title).filter((title) => !title.startsWith('RESOLVED'));
  return [...new Set(titles)].filter((title) => !expected.some((name) => title.includes(`: ${name}`)));
}

/** Alerts that no case raises. */
async function unproven(prometheusUrl: string): Promise<string[]> {
  const proven = new Set(cases.flatMap(alertsOf));
  const alerts = (await rulesAt(prometheusUrl)).filter(({ type }) => type === 'alerting');
  return [...new Set(alerts.map(({ name }) => name))].filter((name) => !proven.has(name)).sort();
}

/** Faults that disturb the same thing come one after the other; the others at the same time. */
function inTurns(chosen: readonly Case[]): Case[][] {
  const turns = Map.groupBy(chosen, (it, at) => it.uses ?? at);
  return [...turns.values()];
}

/** The end of one fault is waited for while the next one is under way. */
async function runTurn(turn: readonly Case[], stage: Stage): Promise<Verdict[]> {
  const ends: { over: Promise<Verdict[]> }[] = [];
  for (const [at, one] of turn.entries()) {
    if (at > 0) await sleep(REST_MS);
    ends.push(await tryFault(one, stage));
  }
  return (await Promise.all(ends.map(({ over }) => over))).flat();
}

function table(verdicts: readonly Verdict[]): string[] {
  const whole = (seconds: number | undefined, otherwise = '') =>
    seconds === undefined ? otherwise : `${Math.round(seconds)} s`;
  const named = ({ alert, fault, hushedBy, faults }: Verdict) =>
    `${faults.length === 0 ? '✓' : '✗'} ${alert}${hushedBy ? ` (${hushedBy} speaks for it)` : ''} ← ${fault}`;
  return columns([
    ['alert ← fault', 'told after', 'window', 'over after', 'window'],
    ...verdicts.map((it) => [
      named(it),
      whole(it.firedS, 'never'),
      whole(it.windowS),
      whole(it.resolvedS, 'never'),
      whole(it.resolvesWithinS),
    ]),
  ]);
}
