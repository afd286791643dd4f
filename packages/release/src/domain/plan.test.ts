import { expect, test } from '@jest/globals';
import { decide, type Facts, lastRelease } from './plan.ts';

const service = { name: 'cart', folder: 'services/cart', folders: ['services/cart'] };
const tree = new Map([['services/cart/src/main.ts', 'new']]);
const lastTree = new Map([['services/cart/src/main.ts', 'old']]);
const facts = (more: Partial<Facts> = {}): Facts => ({
  tree,
  lastTree,
  history: new Set(['c1', 'c2']),
  newer: new Set(),
  tags: [{ version: '1.0.4', commit: 'c1' }],
  floor: undefined,
  ...more,
});

test('a changed service gets the next patch, and the reason is told', () => {
  expect(decide(service, facts())).toEqual({
    kind: 'release',
    service,
    version: '1.0.5',
    last: '1.0.4',
    because: ['services/cart (1 file)'],
  });
});

test('an unchanged one gets nothing', () => {
  expect(decide(service, facts({ lastTree: tree }))).toEqual({ kind: 'unchanged', service, last: '1.0.4' });
});

test('versions given on another branch are not given again', () => {
  const tags = [...facts().tags, { version: '1.0.9', commit: 'hotfix' }];
  expect(decide(service, facts({ tags }))).toMatchObject({ version: '1.0.10', last: '1.0.4' });
});

test('older sources never follow newer ones', () => {
  const tags = [...facts().tags, { version: '1.0.5', commit: 'c3' }];
  const newer = new Set(['c3']);
  expect(decide(service, facts({ tags, newer }))).toEqual({ kind: 'superseded', service, by: '1.0.5' });
});

test('TAG is the lowest version to give: the first of a new service, a jump for an old one, nothing when lower', () => {
  const first = facts({ tags: [], lastTree: undefined });
  expect(decide(service, first)).toEqual({ kind: 'never released', service });
  expect(decide(service, { ...first, floor: '1.0.0' })).toMatchObject({
    version: '1.0.0',
    because: ['first release'],
  });
  expect(decide(service, facts({ floor: '2.0.0' }))).toMatchObject({ version: '2.0.0' });
  expect(decide(service, facts({ floor: '1.0.0' }))).toMatchObject({ version: '1.0.5' });
});

test('the last release is the highest one that the commit contains', () => {
  const tags = ['1.0.9', '1.0.10', '1.0.11'].map((version, index) => ({ version, commit: `c${index + 1}` }));
  expect(lastRelease(tags, new Set(['c1', 'c2']))?.version).toBe('1.0.10');
});
