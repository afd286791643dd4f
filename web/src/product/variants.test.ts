import { describe, expect, test } from '@jest/globals';
import type { Variant } from '@shopstack/contracts/catalogue';
import { pictureOf } from './pictures.ts';
import { readable } from './readable.ts';
import { optionsOf } from './variants.ts';
import { weightParts } from './weight.ts';

const variant = (sku: string, options: Record<string, string>, available = 5): Variant => ({
  sku,
  options,
  price: { amountMinor: 1000, currency: 'EUR' },
  weightGrams: 100,
  stock: { available, state: available > 0 ? 'in-stock' : 'out' },
});
const redS = variant('RS', { Colour: 'Red', Size: 'S' });
const redM = variant('RM', { Colour: 'Red', Size: 'M' }, 0);
const blueM = variant('BM', { Colour: 'Blue', Size: 'M' });
const blueL = variant('BL', { Colour: 'Blue', Size: 'L' });
const all = [redS, redM, blueM, blueL];
const values = (current: Variant, name: string) =>
  optionsOf(all, current).find((one) => one.name === name)?.values;

describe('choosing a variant', () => {
  test('every value appears once, in the order of the product', () => {
    expect(values(redS, 'Colour')?.map(({ value }) => value)).toEqual(['Red', 'Blue']);
    expect(values(redS, 'Size')?.map(({ value }) => value)).toEqual(['S', 'M', 'L']);
  });

  test('the current value is selected and keeps the current variant', () => {
    expect(values(redS, 'Colour')?.[0]).toEqual({ value: 'Red', sku: 'RS', selected: true, available: true });
  });

  test('other choices are kept where such a variant exists', () => {
    expect(values(blueM, 'Colour')?.[0]?.sku).toBe('RM');
  });

  test('where none exists, the value leads to one that is in stock', () => {
    expect(values(redS, 'Colour')?.[1]?.sku).toBe('BM');
    expect(values(redS, 'Size')?.[2]?.sku).toBe('BL');
  });

  test('a value that is only sold out says so', () => {
    expect(values(redS, 'Size')?.[1]).toMatchObject({ sku: 'RM', available: false });
  });
});

test('the picture is the one whose words name the choice', () => {
  const images = ['A mug', 'The same in a warm sand glaze'].map((alt, n) => ({
    name: `${n}`,
    url: `/${n}`,
    alt,
  }));
  expect(pictureOf(images, { options: { Colour: 'Sand' } })).toBe(1);
  expect(pictureOf(images, { options: { Colour: 'Charcoal' } })).toBe(0);
  expect(pictureOf([], { options: {} })).toBe(0);
});

test('weights change to kilograms at one kilogram', () => {
  expect(weightParts(999)).toEqual({ value: 999, unit: 'g', digits: 0 });
  expect(weightParts(1500)).toEqual({ value: 1.5, unit: 'kg', digits: 1 });
});

test('names of attributes read like words', () => {
  expect(readable('made-in')).toBe('Made in');
  expect(readable('')).toBe('');
});
