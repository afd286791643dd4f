import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { composeServices, composeTexts, repository, uses } from './compose-files.ts';

const example = readFileSync(join(repository, '.env.example'), 'utf8');
const documented = new Map(
  [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
);
const defaults = new Map(uses.map(({ name, value }) => [name, value]));

test('the shop is in several files', () => {
  expect(composeTexts.length).toBeGreaterThan(2);
  expect([...composeServices.keys()]).toEqual(expect.arrayContaining(['web', 'mongo', 'seed-user']));
  expect(composeTexts.filter((text) => text.split('\n').length > 300)).toEqual([]);
});

test('every variable of compose is in .env.example with its default, and nothing else is', () => {
  expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(defaults));
});

test('a variable has the same default wherever it is used, and none is without', () => {
  expect(uses.filter(({ name, value }) => defaults.get(name) !== value)).toEqual([]);
  expect(
    composeTexts.flatMap((text) => text.match(/(?<!\$)\$(?:\{[A-Z_]+(?!:-)[^A-Z_:]|[A-Z])/g) ?? []),
  ).toEqual([]);
});

test('only the gateway is published, on this machine', () => {
  const published = [...composeServices].filter(([, it]) => it.ports !== undefined);
  expect(published.map(([name]) => name)).toEqual(['web']);
  expect(published[0]?.[1].ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:[^:]+:-8080\}:8080$/)]);
});
