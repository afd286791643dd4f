import { describe, expect, test } from '@jest/globals';
import { UsageError } from '@shopstack/stack/settings';
import { readTask, refuseForeign } from './arguments.ts';
import { sabotages } from './planting/sabotages.ts';

describe('what is typed', () => {
  test('a campaign', () => {
    expect(readTask(['--orders', '20', '--faults', '5', '--seed', '7'])).toEqual({
      kind: 'campaign',
      orders: 20,
      faults: 5,
      seed: 7,
    });
    expect(readTask(['--only=freeze,partition', '--seed=1'])).toMatchObject({
      orders: 500,
      faults: 40,
      only: ['freeze', 'partition'],
    });
  });
  test('a seed is made up when there is none', () => {
    const seeds = Array.from({ length: 10 }, () => readTask([])).flatMap((it) =>
      it.kind === 'campaign' ? [it.seed] : [],
    );
    expect(new Set(seeds).size).toBeGreaterThan(1);
  });
  test('sabotages and scenarios', () => {
    expect(readTask(['--sabotage', 'all'])).toMatchObject({ names: sabotages.map(({ name }) => name) });
    expect(readTask(['--scenario', 'hot-stock'])).toEqual({ kind: 'scenario', name: 'hot-stock' });
  });
  test.each([
    [['--url', 'http://example.test']],
    [['20']],
    [['--orders', '0']],
    [['--orders', '1e3']],
    [['--faults', '-1']],
    [['--seed', 'seven']],
    [['--only', 'rain']],
    [['--sabotage', 'none-such']],
    [['--scenario', 'none-such']],
    [['--scenario', 'hot-stock', '--orders', '5']],
    [['--sabotage', 'all', '--faults', '5']],
  ])('%j is refused in one line', (words) => {
    expect(() => readTask(words)).toThrow(UsageError);
    expect(() => readTask(words)).toThrow(/^[^\n]+$/);
  });
});

test('somebody else’s shop is refused', () => {
  expect(() => refuseForeign({ PATH: '/bin', LOG_LEVEL: 'info' })).not.toThrow();
  for (const name of ['SHOP_URL', 'MYSQL_URL', 'AMQP_URL', 'REDIS_URL', 'MONGO_URL', 'SHOP_DATA_DIR']) {
    expect(() => refuseForeign({ [name]: 'x' })).toThrow(UsageError);
  }
});
