import { describe, expect, test } from '@jest/globals';
import { activeFilters, readFilters, toggleBrand, toParams, toQuery, withoutFilters } from './filters.ts';
import { priceWords } from './price-words.ts';

const read = (search: string) => readFilters(new URLSearchParams(search));
const full =
  'q=mug&category=kitchen&brand=Tide+%26+Ember&brand=Larch&minPrice=1500&maxPrice=2999&inStock=true&rating=4&sort=price-asc';

describe('filters in the address bar', () => {
  test('survive being read and written', () => {
    expect(toParams(read(full)).toString()).toBe(full);
    expect(toParams(read('')).toString()).toBe('');
  });

  test('are what the catalogue is asked', () => {
    expect(toQuery(read(full))).toEqual({
      q: 'mug',
      category: 'kitchen',
      brand: ['Tide & Ember', 'Larch'],
      minPrice: 1500,
      maxPrice: 2999,
      inStock: 'true',
      rating: 4,
      sort: 'price-asc',
    });
  });

  test('nonsense is ignored', () => {
    const filters = read('category=../x&minPrice=-1&maxPrice=1e9&rating=9&inStock=maybe&sort=random');
    expect(toParams(filters).toString()).toBe('');
  });

  test('each active filter knows the list without it', () => {
    const filters = read(full);
    const active = activeFilters(filters);
    expect(active.map(({ kind }) => kind)).toEqual([
      'category',
      'brand',
      'brand',
      'price',
      'inStock',
      'rating',
    ]);
    expect(active.map(({ without }) => activeFilters(without).length)).toEqual(Array(6).fill(5));
    expect(toParams(withoutFilters(filters)).toString()).toBe('q=mug&sort=price-asc');
  });

  test('a brand is added and taken away', () => {
    const once = toggleBrand(read(''), 'Larch');
    expect(once.brands).toEqual(['Larch']);
    expect(toggleBrand(once, 'Larch').brands).toEqual([]);
  });
});

test('price ranges are said in whole units', () => {
  const words = (min: number | undefined, max: number | undefined) =>
    priceWords({ min, max, currency: 'EUR', language: 'en' }, (key, { from, to }) => `${key} ${from} ${to}`);
  expect(words(0, 1499)).toBe('list.below €0 €15');
  expect(words(1500, 2999)).toBe('list.between €15 €30');
  expect(words(12_000, undefined)).toBe('list.above €120 ');
});
