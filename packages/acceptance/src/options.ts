import { parseArgs } from 'node:util';

export interface Words {
  url: string;
  withinMs: number;
  paymentToken: string;
  /** Buys all the time instead of once. */
  steady?: { rate: number; forMs?: number };
}
export const usage = [
  'npm run acceptance -- --url <the shop> [--within <seconds per step>] [--token <payment token>]',
  'npm run acceptance -- --url <the shop> --rate <purchases per second> [--for <such as 90s, 15m, 2h>]',
].join('\n');

const options = {
  url: { type: 'string' },
  within: { type: 'string', default: '20' },
  token: { type: 'string', default: 'sim_ok' },
  rate: { type: 'string' },
  for: { type: 'string' },
} as const;
const FASTEST = 100;
const millisecondsIn: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

/** The command line, or undefined when it is not understood. */
export function readWords(words: readonly string[], environment: NodeJS.ProcessEnv): Words | undefined {
  const values = parsed(words);
  if (!values) return undefined;
  const url = values.url ?? environment.SHOP_URL ?? 'http://localhost:8080';
  const withinMs = Number(values.within) * 1000;
  if (!URL.canParse(url) || !(withinMs > 0)) return undefined;
  const read = { url: url.replace(/\/$/, ''), withinMs, paymentToken: values.token };
  if (values.rate === undefined) return values.for === undefined ? read : undefined;
  const rate = Number(values.rate);
  if (!(rate > 0 && rate <= FASTEST)) return undefined;
  if (values.for === undefined) return { ...read, steady: { rate } };
  const forMs = readDuration(values.for);
  return forMs === undefined ? undefined : { ...read, steady: { rate, forMs } };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options }).values;
  } catch {
    return undefined;
  }
}

function readDuration(text: string): number | undefined {
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?)([smh])$/.exec(text) ?? [];
  const ms = Number(amount) * (millisecondsIn[unit] ?? 0);
  return ms > 0 ? ms : undefined;
}
