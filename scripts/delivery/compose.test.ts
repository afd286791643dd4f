import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type Mapping, mapping, texts } from '../../packages/manifests/src/yaml-value.ts';
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

test('only the gateway is published, and what there is to look at in the profile observability, on this machine', () => {
  const published = [...composeServices].filter(([, it]) => it.ports !== undefined);
  const ofCore = published.filter(([, it]) => it.profiles === undefined);
  expect(ofCore.map(([name]) => name)).toEqual(['web']);
  const others = published.filter(([, it]) => it.profiles !== undefined);
  expect(others.map(([name]) => name).sort()).toEqual([
    'alertmanager',
    'grafana',
    'jaeger',
    'kibana',
    'prometheus',
  ]);
  for (const [, { ports, profiles = ['observability'] }] of published) {
    expect(ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:\$\{[A-Z_]+:-(\d+)\}:\1$/)]);
    expect(profiles).toEqual(['observability']);
  }
});

test('no part of the shop waits for what observes it', () => {
  const isOfProfile = ([, { profiles }]: [string, Mapping]) => texts(profiles).includes('observability');
  const observers = new Set([...composeServices].filter(isOfProfile).map(([name]) => name));
  const shop = [...composeServices].filter((it) => !isOfProfile(it));
  const needed = shop.flatMap(([, { depends_on: needs }]) => Object.keys(mapping(needs)));
  expect(needed.filter((name) => observers.has(name))).toEqual([]);
});
