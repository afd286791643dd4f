import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { jsonColumn } from './json.ts';

const lines = jsonColumn(z.array(z.object({ sku: z.string(), quantity: z.int() })));

test('what is written is read back', () => {
  const value = [{ sku: 'tee-red-m', quantity: 2 }];
  expect(lines.read(lines.write(value))).toEqual(value);
});

test('text that does not fit the schema is refused', () => {
  expect(() => lines.read('[{"sku":1}]')).toThrow();
});
