import { expect, test } from '@jest/globals';
import { compareVersions, highest, isVersion, nextPatch, readTag } from './version.ts';

test('versions are counted as numbers, not as text', () => {
  expect(highest(['1.9.0', '1.10.0', '1.2.30'])).toBe('1.10.0');
  expect(nextPatch('1.2.9')).toBe('1.2.10');
  expect(compareVersions('2.0.0', '10.0.0')).toBeLessThan(0);
  expect(highest(['1.2.10', '1.2.9'])).toBe('1.2.10');
  expect(highest([])).toBeUndefined();
});

test('a tag of a release is <service>/vX.Y.Z and nothing else', () => {
  expect(readTag('cart/v1.0.4')).toEqual({ service: 'cart', version: '1.0.4' });
  for (const name of [
    'v1.0.4',
    'cart/1.0.4',
    'cart/v1.0',
    'cart/v1.0.4-rc1',
    'a/cart/v1.0.4',
    'cart/v01.0.4',
  ])
    expect(readTag(name)).toBeUndefined();
  expect(isVersion('1.0.0.0')).toBe(false);
});
