import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { fromBaggage, knownOf, toBaggage } from './carried.ts';
import type { MetricDefinition } from './definition.ts';
import { MOST_VALUES } from './labels.ts';
import { logFields } from './log-fields.ts';
import { metrics } from './metrics.ts';
import { telemetryReference } from './reference.ts';

const repository = join(import.meta.dirname, '../../../..');
const registry = 'packages/contracts/src/telemetry/';
const read = (path: string): string => readFileSync(join(repository, path), 'utf8');
const files = (...patterns: string[]): string[] =>
  globSync(patterns, { cwd: repository, exclude: ['**/node_modules', '**/golden', '**/dist'] })
    .map(String)
    .filter((path) => !path.startsWith(registry));
const sources = files('{packages,services}/*/src/**/*.ts').filter((path) => !path.endsWith('.test.ts'));
const all = Object.entries<MetricDefinition>(metrics);

test('docs/telemetry.md is made from the registry as it is (node scripts/telemetry.ts)', () => {
  expect(read('docs/telemetry.md')).toBe(telemetryReference());
});

test.each(all)('%s is named after its kind and unit, and says what it is for', (name, it) => {
  expect(name).toMatch(/^shop_[a-z]+(_[a-z]+)*$/);
  expect(name.endsWith('_total')).toBe(it.kind === 'counter');
  for (const unit of ['seconds', 'bytes']) expect(name.includes(`_${unit}`)).toBe(it.unit === unit);
  expect(it.meaning.length).toBeGreaterThan(10);
  expect(it.why.length).toBeGreaterThan(10);
  expect(it.kind === 'histogram').toBe((it.buckets?.length ?? 0) > 0);
  expect(it.buckets ?? []).toEqual((it.buckets ?? []).toSorted((a, b) => a - b));
});

test.each(all)('every label of %s is bounded', (_name, { labels = {} }) => {
  for (const label of Object.values(labels)) {
    const most = 'values' in label ? label.values.length : label.most;
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(MOST_VALUES);
  }
});

test('every metric is made somewhere, and none is asked for that is not in the registry', () => {
  const makers = sources.filter((path) => !path.startsWith('packages/observability/'));
  const made = new Set(
    makers.flatMap((path) => [...read(path).matchAll(/'(shop_\w+)'/g)].map(([, it]) => it)),
  );
  expect(all.map(([name]) => name).filter((name) => !made.has(name))).toEqual([]);
  const asking = files(
    '{packages,services}/*/src/**/*.ts',
    'helm/**/*.{yaml,tpl,json}',
    'valuefiles/**/*.{yaml,json}',
    'docs/**/*.md',
    'packages/observability/{rules,dashboards}/**/*.{yaml,json,ndjson}',
  );
  const asked = new Set(asking.flatMap((path) => read(path).match(/\bshop_[a-z]+(?:_[a-z]+)+\b/g) ?? []));
  const known = new Set(all.flatMap(([name]) => [name, `${name}_count`, `${name}_sum`, `${name}_bucket`]));
  expect([...asked].filter((name) => !known.has(name))).toEqual([]);
});

test('every log field is written somewhere', () => {
  const words = new Set(sources.flatMap((path) => read(path).match(/[a-zA-Z]+/g) ?? []));
  expect(Object.keys(logFields).filter((field) => !words.has(field))).toEqual([]);
});

test('a message tells its order, whatever it is about', () => {
  const orderId = '01890000-1234-7123-8123-123456789012';
  const of = (type: string, data: unknown) => knownOf({ type, subject: orderId, data });
  expect(of('order.placed.v1', { id: orderId })).toEqual({ orderId });
  expect(of('stock.reserve.v1', { orderId })).toEqual({ orderId });
  for (const data of [{ sku: 'x' }, null, 'text', { orderId: 1 }])
    expect(of('product.created.v1', data)).toEqual({});
});

test('baggage tells the order, and nothing that is not one', () => {
  const orderId = '01890000-1234-7123-8123-123456789012';
  expect(fromBaggage(toBaggage({ orderId }))).toEqual({ orderId });
  expect(fromBaggage(`a=b, ${toBaggage({ orderId })}`)).toEqual({ orderId });
  for (const header of [
    undefined,
    '',
    'shop.order.id=',
    'shop.order.id=ada@example.test',
    `x${toBaggage({ orderId })}`,
  ])
    expect(fromBaggage(header)).toEqual({});
});
