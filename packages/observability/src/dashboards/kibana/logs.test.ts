import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { logIndexFiles, logMappings } from '../../log-index.ts';
import { logObjects } from './logs.ts';
import type { SavedObject } from './saved-object.ts';

const repository = join(import.meta.dirname, '../../../../..');
type Json = Readonly<Record<string, unknown>>;
const isObject = (it: unknown): it is Json => typeof it === 'object' && it !== null;
const parsed = (it: unknown): unknown => JSON.parse(String(it));

/** Every value of a key, however deep; texts of JSON are looked into. */
function valuesOf(key: string, within: unknown): unknown[] {
  if (typeof within === 'string' && /^[[{]/.test(within)) return valuesOf(key, parsed(within));
  if (Array.isArray(within)) return within.flatMap((it) => valuesOf(key, it));
  if (!isObject(within)) return [];
  return Object.entries(within).flatMap(([name, it]) => [
    ...(name === key ? [it] : []),
    ...valuesOf(key, it),
  ]);
}
const textsOf = (key: string, within: unknown): string[] =>
  valuesOf(key, within).filter((it) => typeof it === 'string');

const properties = logMappings().properties;
/** How Elasticsearch keeps a field; undefined when it cannot be searched. */
function typeOf(field: string): string | undefined {
  const [name = '', part] = field.split('.');
  const mapping = isObject(properties) ? properties[name] : undefined;
  const fields = isObject(mapping) ? mapping.fields : undefined;
  const found = part === undefined ? mapping : isObject(fields) ? fields[part] : undefined;
  return isObject(found) ? String(found.type) : undefined;
}
const withoutTexts = (kql: string): string => kql.replaceAll(/"[^"]*"/g, '""');
const fieldsOfQuery = (kql: string): string[] =>
  [...withoutTexts(kql).matchAll(/([\w@.]+)\s*(?::|>=|<=|<|>)/g)].map(([, field = '']) => field);
const queriesOf = (it: SavedObject): string[] => textsOf('query', it.attributes);
const fieldsOf = (it: SavedObject): string[] => [
  ...queriesOf(it).flatMap(fieldsOfQuery),
  ...valuesOf('columns', it.attributes).flatMap((columns) =>
    Array.isArray(columns) ? columns.filter((column) => typeof column === 'string') : [],
  ),
  ...valuesOf('sort', it.attributes)
    .flatMap((sort) => (Array.isArray(sort) ? sort.flat() : []))
    .map(String)
    .filter((word) => word !== 'asc' && word !== 'desc'),
  ...textsOf('sourceField', it.attributes).filter((field) => field !== '___records___'),
];

test.each(logObjects.map((it) => [it.id, it] as const))(
  '%s asks only for fields that lines have',
  (_id, it) => {
    expect(fieldsOf(it).filter((field) => typeOf(field) === undefined)).toEqual([]);
  },
);

test('fields are found wherever they stand', () => {
  const all = new Set(logObjects.flatMap(fieldsOf));
  for (const field of [
    'service',
    'status',
    'orderId',
    'durationMs',
    'problem',
    '@timestamp',
    'message.keyword',
  ])
    expect(all).toContain(field);
  expect(fieldsOfQuery('level: (error or fatal) or speed >= 1 and not route: "/a:b"')).toEqual([
    'level',
    'speed',
    'route',
  ]);
  expect(typeOf('speed')).toBeUndefined();
  expect(typeOf('message.other')).toBeUndefined();
});

test('values are counted by fields that can be, and numbers are numbers', () => {
  const columns = logObjects
    .flatMap((it) => valuesOf('columns', it.attributes))
    .filter(isObject)
    .filter((it) => !Array.isArray(it))
    .flatMap((it) => Object.values(it))
    .filter(isObject);
  const of = (operation: string) =>
    columns
      .filter(({ operationType }) => operationType === operation)
      .map(({ sourceField }) => String(sourceField));
  expect(of('terms').length).toBeGreaterThan(5);
  for (const field of of('terms')) expect([field, typeOf(field)]).toEqual([field, 'keyword']);
  for (const field of of('percentile')) expect([field, typeOf(field)]).toEqual([field, 'double']);
  for (const field of of('date_histogram')) expect([field, typeOf(field)]).toEqual([field, 'date']);
});

test('the data view covers the index that the lines go to', () => {
  const template = [...logIndexFiles()].find(([path]) => path.endsWith('index-template.json'))?.[1];
  const [view] = logObjects;
  expect(parsed(template)).toMatchObject({ index_patterns: [view?.attributes.title] });
});

test('every object refers to one that is there before it', () => {
  const known = new Set<string>();
  for (const { type, id, references } of logObjects) {
    expect(references.map((it) => `${it.type}/${it.id}`).filter((it) => !known.has(it))).toEqual([]);
    expect(known).not.toContain(`${type}/${id}`);
    known.add(`${type}/${id}`);
  }
});

test('every reference is used under its name, and every use has its reference', () => {
  for (const it of logObjects) {
    const used = [
      ...textsOf('indexRefName', it.attributes),
      ...textsOf('panelRefName', it.attributes).map((name) => `${name.replace('panel_', '')}:${name}`),
      ...valuesOf('layers', it.attributes)
        .filter((layers) => !Array.isArray(layers))
        .filter(isObject)
        .flatMap((layers) => Object.keys(layers))
        .map((layer) => `indexpattern-datasource-layer-${layer}`),
    ];
    expect(it.references.map(({ name }) => name).sort()).toEqual(used.sort());
  }
});

test('tiles lie beside each other within 48 columns', () => {
  const cells = new Set<string>();
  for (const grid of logObjects.flatMap((it) => valuesOf('gridData', it.attributes)).filter(isObject)) {
    const [x, y, w, h] = [Number(grid.x), Number(grid.y), Number(grid.w), Number(grid.h)];
    expect(x + w).toBeLessThanOrEqual(48);
    for (let column = x; column < x + w; column++)
      for (let line = y; line < y + h; line++) {
        expect(cells.has(`${column} ${line}`)).toBe(false);
        cells.add(`${column} ${line}`);
      }
  }
  expect(cells.size).toBeGreaterThan(1000);
});

test('messages that searches name are written by services', () => {
  const sources = globSync(['packages/bus/src/*.ts', 'services/*/src/events/*.ts'], { cwd: repository });
  const written = sources.map((path) => readFileSync(join(repository, path), 'utf8')).join('\n');
  const searched = logObjects.flatMap(queriesOf).flatMap((kql) => {
    const [, texts = ''] = /\bmessage: \(([^)]*)\)/.exec(kql) ?? [];
    return [...texts.matchAll(/"([^"]+)"/g)].map(([, text = '']) => text);
  });
  expect(searched.length).toBeGreaterThan(2);
  expect(searched.filter((text) => !written.includes(`'${text}'`))).toEqual([]);
});
