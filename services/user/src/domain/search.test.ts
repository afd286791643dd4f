import { describe, expect, test } from '@jest/globals';
import { prefixPattern, searchKeys } from './search.ts';

describe('finding users', () => {
  test('e-mail, name and every word of the name are keys, folded and without doubles', () => {
    expect(searchKeys('Ada@Shop.Test', ' Ada  Lovelace ')).toEqual([
      'ada@shop.test',
      'ada  lovelace',
      'ada',
      'lovelace',
    ]);
    expect(searchKeys('ada@shop.test', 'ada')).toEqual(['ada@shop.test', 'ada']);
  });

  test('what is typed is text, not a pattern', () => {
    expect(prefixPattern('.*').test('ada')).toBe(false);
    expect(prefixPattern('a.').test('ada')).toBe(false);
    expect(prefixPattern('(a+)+$').test('aaaaaaaa')).toBe(false);
    expect(prefixPattern('ADA').test('ada@shop.test')).toBe(true);
    expect(prefixPattern('shop').test('ada@shop.test')).toBe(false);
  });
});
