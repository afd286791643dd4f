import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import type { CampaignResult } from '../campaign/campaign.ts';
import { createCount } from '../campaign/count.ts';
import type { Finding } from '../campaign/findings.ts';
import { timelineOf } from '../campaign/timeline.ts';
import type { Event } from '../history.ts';
import { createPlan } from '../plan/plan.ts';
import { writeReports } from './report.ts';

const folder = mkdtempSync(join(tmpdir(), 'chaos-report-'));
afterAll(() => rmSync(folder, { recursive: true }));

const events: Event[] = [
  { type: 'part', at: 900, part: 'cart', up: true },
  { type: 'placed', at: 1000, by: 'guest-1', order: 'a' },
  { type: 'fault-begin', at: 1500, number: 1, name: 'kill-service', target: 'cart' },
  { type: 'part', at: 1510, part: 'cart', up: false },
  { type: 'fault-end', at: 1501, number: 1, name: 'kill-service', target: 'cart' },
  { type: 'part', at: 3010, part: 'cart', up: true },
  { type: 'fault-begin', at: 2000, number: 2, name: 'partition', target: 'cart-redis' },
  {
    type: 'fault-end',
    at: 9000,
    number: 2,
    name: 'partition',
    target: 'cart-redis',
    note: 'a <note> | more',
  },
  { type: 'status', at: 9500, order: 'a', via: 'asking', status: 'completed', version: 9 },
];

function resultWith(violations: Finding['violations']): CampaignResult {
  const listeners: ((event: Event) => void)[] = [];
  const timeline = timelineOf({ listen: (listener) => listeners.push(listener) });
  const count = createCount();
  listeners.push(count.see);
  for (const event of events) for (const listener of listeners) listener(event);
  const findings = [{ promise: 'I1', title: 'money', checked: 1, violations }];
  const tookMs = { start: 1, orders: 2, rest: 3, whole: 6 };
  const unrest = { orders: 0, outboxes: 0, queues: 0 };
  const plan = createPlan({ seed: 5, orders: 1, faults: 0 });
  return { plan, findings, violations: violations.length, count, timeline, unrest, tookMs };
}
const written = (result: CampaignResult) => {
  const { html, markdown } = writeReports({ result, replay: 'npm run chaos -- --seed 5', folder });
  return { html: readFileSync(html, 'utf8'), markdown: readFileSync(markdown, 'utf8') };
};

test('a report that passed shows faults, outages and how to run it again', () => {
  const { html, markdown } = written(resultWith([]));
  expect(markdown).toContain('**Passed:** 1 orders, 2 faults, no promise broken');
  expect(markdown).toContain('npm run chaos -- --seed 5');
  expect(markdown).toContain('| cart | 1 ×, longest 1.5 s |');
  expect(html.match(/<rect class="fault"/g)).toHaveLength(2);
  expect(html.match(/<rect class="outage"/g)).toHaveLength(1);
  expect(html).toContain('a &lt;note&gt;');
  expect(html).not.toMatch(/src=|href=|NaN|undefined/);
});

test('a violation is named with its id, without breaking the page', () => {
  const { html, markdown } = written(resultWith([{ promise: 'I1', id: 'order-7', detail: 'kept 5 <b>' }]));
  expect(markdown).toContain('**Failed:** 1 violations');
  expect(markdown).toContain('- `order-7` kept 5 <b>');
  expect(html).toContain('<code>order-7</code> kept 5 &lt;b&gt;');
});
