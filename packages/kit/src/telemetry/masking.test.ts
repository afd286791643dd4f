import { expect, test } from '@jest/globals';
import { isUntraced, maskedStatement } from './masking.ts';

test.each([
  ["select * from users where email = 'ada@c4n4ry.test'", 'select * from users where email = ?'],
  ["insert into t values (\"it's c4n4ry\", 12, 3.5, 'a''c4n4ry')", 'insert into t values (?, ?, ?, ?)'],
  ['select id\n  from outbox2\twhere a = ?', 'select id from outbox2 where a = ?'],
])('of the statement %s the shape is left', (text, shape) => {
  expect(maskedStatement(text)).toBe(shape);
});

test('a statement of any length is short', () => {
  expect(maskedStatement(`select ${'a, '.repeat(10_000)}`)).toHaveLength(300);
});

test('probes and operators are not traced, everything else is', () => {
  const asked = (url: string, headers = {}) => isUntraced({ url, headers });
  for (const url of ['/health', '/health/live', '/_health', '/metrics', '/metrics?x=1'])
    expect(asked(url)).toBe(true);
  expect(asked('/products', { 'x-instana-synthetic': '1' })).toBe(true);
  expect(asked('/products', { 'x-instana-synthetic': '0' })).toBe(false);
  for (const url of ['/products', '/healthy', '/metricsx', '/x/metrics']) expect(asked(url)).toBe(false);
});
