import type { Shop } from '@shopstack/stack/shop';
import type { Case } from './cases.ts';
import { openJudge } from './judge.ts';
import type { Slack } from './slack.ts';
import type { Verdict } from './verdict.ts';

export interface Stage {
  shop: Shop;
  slack: Slack;
  prometheusUrl: string;
}

/**
 * Makes a fault, and ends it when all that it must raise has fired or its window is over. Resolves then, with a promise of
 * what came of it: the alerts end later.
 */
export async function tryFault(
  { fault, raises }: Case,
  { shop, slack, prometheusUrl }: Stage,
): Promise<{ over: Promise<Verdict[]> }> {
  const say = (line: string) => console.log(`${new Date().toISOString().slice(11, 19)}  ${line}`);
  const judge = openJudge({ fault: fault.what, prometheusUrl, slack });
  say(fault.what);
  const heal = await fault.begin(shop);
  try {
    await Promise.all(raises.map((it) => judge.untilFired(it)));
  } finally {
    await heal();
  }
  say(`over: ${fault.what}`);
  const ended = performance.now();
  const over = Promise.all(raises.map((it) => judge.untilResolved(it, ended)));
  over.catch(() => undefined);
  return { over };
}
