import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { asyncApi } from './asyncapi.ts';
import { messageReference } from './message-reference.ts';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const { version }: { version: string } = JSON.parse(read('package.json'));

test('docs/asyncapi.json and docs/messages.md are made from the contracts as they are (npm run messages)', () => {
  expect(JSON.parse(read('docs/asyncapi.json'))).toEqual(JSON.parse(JSON.stringify(asyncApi(version))));
  expect(read('docs/messages.md')).toBe(messageReference());
});

test('every reference of the document leads somewhere', () => {
  const document = asyncApi(version);
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path);
  const lost = refs.filter(
    (path) => path.split('/').reduce<unknown>((at, name) => Object(at)[name], document) === undefined,
  );
  expect(refs.length).toBeGreaterThan(50);
  expect(lost).toEqual([]);
});
