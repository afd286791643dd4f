import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { UsageError } from '@shopstack/stack/settings';
import { type FaultName, isFaultName } from './plan/fault-kinds.ts';
import { sabotages } from './planting/sabotages.ts';

export const scenarioNames = ['rolling-restart', 'hot-stock'] as const;
export type ScenarioName = (typeof scenarioNames)[number];

export type Task =
  | { kind: 'campaign'; orders: number; faults: number; seed: number; only?: FaultName[] }
  | { kind: 'sabotage'; names: string[]; seed: number }
  | { kind: 'scenario'; name: ScenarioName };

const usage =
  'Usage: npm run chaos -- [--orders N] [--faults M] [--seed S] [--only <fault>,…] | --sabotage all|<name>,… | --scenario rolling-restart|hot-stock';

const MOST_ORDERS = 100_000;
const MOST_FAULTS = 10_000;
const MOST_SEED = 2 ** 31 - 1;
const options = {
  orders: { type: 'string' },
  faults: { type: 'string' },
  seed: { type: 'string' },
  only: { type: 'string' },
  sabotage: { type: 'string' },
  scenario: { type: 'string' },
} as const;

/** Of a shop that somebody else runs; the campaign breaks things and must not reach it. */
const foreign = [
  'SHOP_URL',
  'SHOP_DATA_DIR',
  'REDIS_URL',
  'MYSQL_URL',
  'AMQP_URL',
  'AMQP_MANAGEMENT_URL',
  'MONGO_URL',
  'MPESA_URL',
] as const;

/** What was typed. @throws UsageError with one line. */
export function readTask(words: readonly string[]): Task {
  const typed = parsed(words);
  const given = Object.keys(typed);
  const seed =
    typed.seed === undefined
      ? randomInt(1, 1_000_000)
      : whole('seed', typed.seed, { from: 0, to: MOST_SEED });
  if (typed.scenario !== undefined) {
    allowOnly(given, ['scenario']);
    return { kind: 'scenario', name: scenarioNamed(typed.scenario) };
  }
  if (typed.sabotage !== undefined) {
    allowOnly(given, ['sabotage', 'seed']);
    return { kind: 'sabotage', names: sabotagesNamed(typed.sabotage), seed };
  }
  return {
    kind: 'campaign',
    orders: whole('orders', typed.orders ?? '500', { from: 1, to: MOST_ORDERS }),
    faults: whole('faults', typed.faults ?? '40', { from: 0, to: MOST_FAULTS }),
    seed,
    ...(typed.only === undefined ? {} : { only: typed.only.split(',').map(faultNamed) }),
  };
}

/** @throws UsageError when the environment names a shop or a store that we did not start. */
export function refuseForeign(environment: NodeJS.ProcessEnv): void {
  const set = foreign.filter((name) => environment[name]);
  if (set.length === 0) return;
  const verb = set.length === 1 ? 'is' : 'are';
  throw new UsageError(
    `${set.join(' and ')} ${verb} set: a campaign breaks things and only runs against the shop that it starts itself.`,
  );
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options }).values;
  } catch {
    throw new UsageError(`${words.join(' ')} is not understood. ${usage}`);
  }
}

function whole(name: string, text: string, { from, to }: { from: number; to: number }): number {
  const number = Number(text);
  if (/^\d{1,10}$/.test(text) && number >= from && number <= to) return number;
  throw new UsageError(`--${name} ${text} is not a whole number from ${from} to ${to}. ${usage}`);
}

function allowOnly(given: readonly string[], allowed: readonly string[]): void {
  const strange = given.find((name) => !allowed.includes(name));
  if (strange) throw new UsageError(`--${strange} does not go with --${allowed[0]}. ${usage}`);
}

function scenarioNamed(text: string): ScenarioName {
  const name = scenarioNames.find((it) => it === text);
  if (name) return name;
  throw new UsageError(`There is no scenario ${text}. ${usage}`);
}

function sabotagesNamed(text: string): string[] {
  const known = sabotages.map(({ name }) => name);
  if (text === 'all') return known;
  const names = text.split(',');
  const strange = names.find((name) => !known.includes(name));
  if (strange === undefined) return names;
  throw new UsageError(`There is no sabotage ${strange}; there are ${known.join(', ')}.`);
}

function faultNamed(text: string): FaultName {
  if (isFaultName(text)) return text;
  throw new UsageError(`There is no fault ${text}. ${usage}`);
}
