import { describe, expect, test } from '@jest/globals';
import { checkGraph, inOrder, reversed } from './graph.ts';

const parts = [
  { name: 'cart', needs: ['redis'] },
  { name: 'redis', needs: [] },
  { name: 'user', needs: ['redis', 'mongo'] },
  { name: 'mongo', needs: [] },
];

describe('starting in order', () => {
  test('nothing starts before what it needs is up', async () => {
    const log: string[] = [];
    await inOrder(parts, async ({ name }) => {
      log.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, name === 'mongo' ? 20 : 2));
      log.push(`${name} up`);
    });
    expect(log.indexOf('cart begins')).toBeGreaterThan(log.indexOf('redis up'));
    expect(log.indexOf('user begins')).toBeGreaterThan(log.indexOf('mongo up'));
  });

  test('what does not depend on each other starts at the same time', async () => {
    let running = 0;
    let most = 0;
    await inOrder(parts, async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
    });
    expect(most).toBe(2);
  });

  test('a failure keeps those that need it from starting', async () => {
    const begun: string[] = [];
    const starting = inOrder(parts, async ({ name }) => {
      begun.push(name);
      if (name === 'redis') throw new Error('no memory');
    });
    await expect(starting).rejects.toThrow('no memory');
    expect(begun).not.toContain('cart');
  });

  test('stopping goes the other way round', async () => {
    const order: string[] = [];
    await inOrder(reversed(parts), async ({ name }) => void order.push(name));
    expect(order.indexOf('redis')).toBeGreaterThan(order.indexOf('cart'));
    expect(order.indexOf('redis')).toBeGreaterThan(order.indexOf('user'));
  });

  test('a circle and an unknown need are refused by name', () => {
    expect(() =>
      checkGraph([
        { name: 'a', needs: ['b'] },
        { name: 'b', needs: ['a'] },
      ]),
    ).toThrow('a → b → a');
    expect(() => checkGraph([{ name: 'a', needs: ['ghost'] }])).toThrow('a needs ghost');
  });
});
