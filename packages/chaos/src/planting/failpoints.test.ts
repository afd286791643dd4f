import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  armedFailpoints,
  armFailpoint,
  claimFailpoint,
  disarmFailpoint,
  hasFired,
  isArmed,
} from './armament.ts';
import { plantedEnvironment, readPlanting } from './environment.ts';
import { failpoints, failpointsOf } from './failpoints.ts';
import { planFor } from './plan.ts';
import { sabotageNamed } from './sabotages.ts';
import { changeSource, occurrences } from './source-change.ts';

const repository = join(import.meta.dirname, '../../../..');
const read = (file: string) => readFileSync(join(repository, file), 'utf8');

describe('the table of failpoints', () => {
  test('has names that can be file names, each once', () => {
    const names = failpoints.map(({ name }) => name);
    expect(names.filter((name) => !/^[a-z]+(-[a-z]+)+$/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(25);
  });

  test.each(failpoints.map((it) => [it.name, it] as const))('%s has its place', (_name, { file, anchor }) => {
    expect({ file, anchor, times: occurrences(read(file), anchor) }).toEqual({ file, anchor, times: 1 });
  });

  const services = [...new Set(failpoints.flatMap((it) => it.services))];
  test.each(services)('%s is still a program with all of them, line by line', (service) => {
    const plan = planFor(service);
    for (const file of plan.files) {
      const planted = plan.apply(file, read(file));
      expect(planted.split('\n').length).toBe(read(file).split('\n').length);
      expect(() => stripTypeScriptTypes(planted)).not.toThrow();
      for (const { name } of failpointsOf(service).filter((it) => it.file === file))
        expect(occurrences(planted, `globalThis.reachFailpoint('${name}');`)).toBe(1);
    }
  });
});

test('code that has moved is told with its file and the text that is missed', () => {
  const change = { file: 'a.ts', find: 'pay();', replace: '' };
  expect(() => changeSource('pay(); pay();', change)).toThrow(/a\.ts .*2 times(.|\n)*pay\(\);/);
  expect(() => changeSource('', change)).toThrow(/0 times/);
});

describe('arming', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'failpoints-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));
  const name = 'cart-written-not-answered';

  test('an armed failpoint is claimed once and can be armed again', () => {
    armFailpoint(dir, 'cart', name);
    expect([isArmed(dir, 'cart', name), hasFired(dir, 'cart', name)]).toEqual([true, false]);
    expect(armedFailpoints(dir)).toEqual([{ service: 'cart', name }]);
    expect([claimFailpoint(dir, 'cart', name), claimFailpoint(dir, 'cart', name)]).toEqual([true, false]);
    expect([isArmed(dir, 'cart', name), hasFired(dir, 'cart', name)]).toEqual([false, true]);
    expect(armedFailpoints(dir)).toEqual([]);
    armFailpoint(dir, 'cart', name);
    expect(hasFired(dir, 'cart', name)).toBe(false);
  });

  test('what is disarmed does not fire', () => {
    armFailpoint(dir, 'cart', name);
    disarmFailpoint(dir, 'cart', name);
    expect(claimFailpoint(dir, 'cart', name)).toBe(false);
  });

  test('a service cannot be armed with a failpoint that it does not have', () => {
    expect(() => armFailpoint(dir, 'user', name)).toThrow(TypeError);
  });
});

describe('the environment of a planted process', () => {
  const sabotage = sabotageNamed('cart-forgets-requests');

  test('is read back as it was written, the sabotage only by its service', () => {
    const cart = { service: 'cart', failpointDir: '/x', sabotage } as const;
    expect(readPlanting(plantedEnvironment(cart))).toEqual(cart);
    const user = { service: 'user', failpointDir: '/x' } as const;
    expect(readPlanting(plantedEnvironment({ ...user, sabotage }))).toEqual(user);
  });

  test('shares no compiled code with clean processes', () => {
    expect(plantedEnvironment({ service: 'cart', failpointDir: '/x' }).NODE_COMPILE_CACHE).toBe(
      '/x/compiled',
    );
  });

  test('is refused in production', () => {
    const env = plantedEnvironment({ service: 'cart', failpointDir: '/x' });
    expect(() => readPlanting({ ...env, SHOP_ENV: 'production' })).toThrow(/never run in production/);
  });
});
