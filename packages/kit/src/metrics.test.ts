import { expect, test } from '@jest/globals';
import { register } from 'prom-client';
import { counter, gauge, histogram } from './metrics.ts';

test('a metric of one name is made once', async () => {
  const it = { name: 'test_things_total', help: 'Things', labels: ['kind'] as const };
  counter(it).inc({ kind: 'a' });
  counter(it).inc({ kind: 'a' });
  expect(counter(it)).toBe(counter(it));
  expect(await register.getSingleMetricAsString('test_things_total')).toContain('{kind="a"} 2');
  expect(gauge({ name: 'test_level', help: 'Level' })).toBe(gauge({ name: 'test_level', help: 'Level' }));
  expect(histogram({ name: 'test_seconds', help: 'Time' })).toBe(
    histogram({ name: 'test_seconds', help: 'Time' }),
  );
});

test('a name cannot be two kinds of metric', () => {
  counter({ name: 'test_both_total', help: 'Both' });
  expect(() => gauge({ name: 'test_both_total', help: 'Both' })).toThrow(/already been registered/);
});
