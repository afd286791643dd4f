import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

const template = readFileSync(new URL('nginx.conf.template', import.meta.url), 'utf8');
const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
const sorted = (names: Iterable<string | undefined>) => [...new Set(names)].sort();

it('has all variables of the template in the README, and no others', () => {
  const used = [...template.matchAll(/\$\{([A-Z][A-Z0-9_]*)\}/g)].map(([, name]) => name);
  const described = [...readme.matchAll(/^\| `([A-Z][A-Z0-9_]*)` +\|/gm)].map(([, name]) => name);
  expect(sorted(described)).toEqual(sorted(used));
});
