import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { faultKinds } from '../plan/fault-kinds.ts';
import { failpointsOf } from './failpoints.ts';
import { planFor } from './plan.ts';
import type { Sabotage } from './sabotage.ts';
import { sabotageNamed, sabotages } from './sabotages.ts';
import { changeSource, occurrences } from './source-change.ts';

const repository = join(import.meta.dirname, '../../../..');
const read = (file: string) => readFileSync(join(repository, file), 'utf8');

test('sabotages are told apart by their names', () => {
  expect(new Set(sabotages.map(({ name }) => name)).size).toBe(sabotages.length);
  expect(sabotageNamed('hold-without-stock').service).toBe('catalogue');
  expect(() => sabotageNamed('no-such')).toThrow(TypeError);
});

test('every promise that the campaign can see broken is broken by some sabotage', () => {
  const broken = new Set(sabotages.flatMap((it) => it.breaks));
  const seen = ['I1', 'I2', 'I3', 'I5', 'I6', 'I7', 'I8', 'I9', 'I10', 'I11', 'I12', 'I13', 'I14'] as const;
  expect(seen.filter((promise) => !broken.has(promise))).toEqual([]);
});

test('the README has every sabotage with what it breaks', () => {
  const readme = read('packages/chaos/README.md');
  const told = ({ name, service, mistake, breaks }: Sabotage) =>
    `| \`${name}\` | ${service} | ${mistake} | ${breaks.join(' ')} |`;
  expect(sabotages.map(told).filter((row) => !readme.includes(row))).toEqual([]);
});

describe.each(sabotages.map((it) => [it.name, it] as const))('sabotage %s', (_name, sabotage) => {
  test('finds the code that it changes', () => {
    for (const { file, find } of sabotage.changes)
      expect({ file, find, times: occurrences(read(file), find) }).toEqual({ file, find, times: 1 });
    const { reliesOn } = sabotage;
    if (reliesOn) expect(occurrences(read(reliesOn.file), reliesOn.text)).toBe(1);
  });

  test('changes the source into another one that is still a program, failpoints included', () => {
    const plan = planFor(sabotage.service, sabotage);
    for (const { file } of sabotage.changes) {
      const source = read(file);
      const mistaken = sabotage.changes.filter((it) => it.file === file).reduce(changeSource, source);
      expect(mistaken).not.toBe(source);
      expect(stripTypeScriptTypes(plan.apply(file, source))).not.toBe(stripTypeScriptTypes(source));
    }
  });

  test('needs faults that the campaign has', () => {
    const unknown = sabotage.faultsNeeded.filter((it) => !faultKinds[it.fault].targets.includes(it.target));
    expect(unknown).toEqual([]);
  });

  test('leaves the failpoints standing that it needs', () => {
    const plan = planFor(sabotage.service, sabotage);
    for (const { target } of sabotage.faultsNeeded.filter((it) => it.fault === 'failpoint')) {
      const [service, name] = target.split('.');
      const point = failpointsOf(sabotage.service).find((it) => it.name === name);
      expect(service).toBe(sabotage.service);
      expect(point && plan.apply(point.file, read(point.file))).toContain(`reachFailpoint('${name}');`);
    }
  });
});
