import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { endsOf } from '../arena/detours.ts';
import { faultKinds, faultNames, linkNames } from './fault-kinds.ts';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

test.each(faultNames)('%s is in the README as it is done', (name) => {
  const row = readme.split('\n').find((line) => line.startsWith(`| \`${name}\``));
  expect(row).toContain(faultKinds[name].how);
});

test('every link ends at a part that has a port', () => {
  for (const link of linkNames) expect(() => endsOf(link)).not.toThrow();
});
