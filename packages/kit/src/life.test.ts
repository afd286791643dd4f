import { describe, expect, test } from '@jest/globals';
import { createLife } from './life.ts';
import { createLogger } from './log.ts';

function fresh() {
  const lines: string[] = [];
  const log = createLogger({ service: 'test' }, { write: (line) => lines.push(line) });
  return { ...createLife(log), lines };
}

describe('a life', () => {
  test('closes in reverse order of opening, one after the other', async () => {
    const { life, close, lines } = fresh();
    const order: string[] = [];
    for (const name of ['store', 'bus', 'http']) {
      const thing = life.opened(name, { name }, async (it) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        order.push(it.name);
      });
      expect(thing).toEqual({ name });
    }
    await close(1000);
    expect(order).toEqual(['http', 'bus', 'store']);
    expect(lines).toEqual([]);
    await close(1000);
    expect(order).toHaveLength(3);
  });

  test('what fails or hangs does not keep the others open', async () => {
    const { life, close, lines } = fresh();
    const closed: string[] = [];
    life.opened('store', undefined, () => closed.push('store'));
    life.opened('hanging', undefined, () => new Promise(() => undefined));
    life.opened('failing', undefined, () => Promise.reject(new Error('no')));
    life.opened('throwing', undefined, () => {
      throw new Error('no');
    });
    const startedAt = Date.now();
    await close(300);
    expect(Date.now() - startedAt).toBeLessThan(1500);
    expect(closed).toEqual(['store']);
    const told = lines.map((line): unknown => JSON.parse(line));
    expect(told).toMatchObject([
      { part: 'throwing', outcome: 'Error: no' },
      { part: 'failing', outcome: 'Error: no' },
      { part: 'hanging', outcome: 'late' },
    ]);
  });

  test('knows from the announcement on that it is stopping', () => {
    const { life, announceStop } = fresh();
    expect(life.stopping).toBe(false);
    announceStop();
    expect(life.stopping).toBe(true);
  });
});
