import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const read = (file: string) => readFileSync(join(import.meta.dirname, '../..', file), 'utf8');
const compose = read('docker-compose.yaml');
const documented = new Map(
  [...read('.env.example').matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
);

/** Every `${NAME:-default}`, once. */
const defaults = new Map(
  [...compose.matchAll(/\$\{([A-Z_]+):-([^}]*)\}/g)].map(([, name = '', value = '']) => [name, value]),
);

test('every variable of compose is in .env.example with its default, and nothing else is', () => {
  expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(defaults));
});

test('a variable has the same default wherever it is used, and none is without', () => {
  const uses = [...compose.matchAll(/\$\{([A-Z_]+):-([^}]*)\}/g)];
  const others = uses.filter(([, name = '', value]) => defaults.get(name) !== value);
  expect(others.map(([, name]) => name)).toEqual([]);
  expect(compose.match(/(?<!\$)\$\{[A-Z_]+\}/g)).toBeNull();
});
