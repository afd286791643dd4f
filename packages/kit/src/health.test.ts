import { describe, expect, test } from '@jest/globals';
import { createHealth, type Dependency } from './health.ts';
import { exposition } from './metrics.ts';

const up = (name: string, own: boolean): Dependency => ({ name, own, check: async () => undefined });
const down = (name: string, own: boolean): Dependency => ({
  name,
  own,
  check: () => Promise.reject(new Error('refused')),
});

describe('health', () => {
  test('a scrape tells what answers and what does not, asked anew', async () => {
    let fails = false;
    const check = () => (fails ? Promise.reject(new Error('refused')) : Promise.resolve());
    createHealth([{ name: 'mysql', own: true, check }, up('rabbitmq', false)], () => false);
    const told = async () =>
      (await exposition()).split('\n').filter((line) => line.startsWith('shop_dependency_up{'));
    expect(await told()).toEqual([
      'shop_dependency_up{dependency="mysql"} 1',
      'shop_dependency_up{dependency="rabbitmq"} 1',
    ]);
    fails = true;
    expect(await told()).toContain('shop_dependency_up{dependency="mysql"} 0');
  });

  test.each([
    [[up('mysql', true), up('rabbitmq', false)], true, 'up'],
    [[up('mysql', true), down('rabbitmq', false)], true, 'degraded'],
    [[down('mysql', true), up('rabbitmq', false)], false, 'down'],
    [[], true, 'up'],
  ])('only the own store decides readiness (%#)', async (dependencies, ready, status) => {
    const health = createHealth(dependencies, () => false);
    expect(await health.ready()).toBe(ready);
    expect((await health.report()).status).toBe(status);
  });

  test('a stopping service is not ready, whatever its stores say', async () => {
    const health = createHealth([up('mysql', true)], () => true);
    expect(await health.ready()).toBe(false);
    expect(await health.report()).toEqual({
      status: 'stopping',
      dependencies: [{ name: 'mysql', state: 'up' }],
    });
  });

  test('a check that hangs is down after two seconds, one that throws at once', async () => {
    const hanging: Dependency = { name: 'mysql', own: true, check: () => new Promise(() => undefined) };
    const throwing: Dependency = {
      name: 'redis',
      own: false,
      check: () => {
        throw new Error('not connected');
      },
    };
    const startedAt = Date.now();
    const { status, dependencies } = await createHealth([hanging, throwing], () => false).report();
    expect(Date.now() - startedAt).toBeLessThan(3500);
    expect(status).toBe('down');
    expect(dependencies).toEqual([
      { name: 'mysql', state: 'down', reason: 'no answer within 2 s' },
      { name: 'redis', state: 'down', reason: 'not connected' },
    ]);
  });

  test('a probe does not look at what is not own', async () => {
    let looked = 0;
    const broker: Dependency = { name: 'rabbitmq', own: false, check: async () => void looked++ };
    await createHealth([up('mysql', true), broker], () => false).ready();
    expect(looked).toBe(0);
  });
});
