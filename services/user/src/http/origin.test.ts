import { describe, expect, test } from '@jest/globals';
import { checkOrigin, type Provenance } from './origin.ts';

const check = (it: Partial<Provenance>) => () =>
  checkOrigin({ origin: undefined, fetchSite: undefined, host: 'user:8080', ...it }, 'https://shop.test');
const rejected = expect.objectContaining({ code: 'origin-rejected' });

describe('where a request with cookies comes from', () => {
  test.each([
    {},
    { origin: 'https://shop.test' },
    { origin: 'http://user:8080' },
    { origin: 'https://shop.test', fetchSite: 'same-origin' },
    { fetchSite: 'none' },
  ])('%j is ours', (it) => {
    expect(check(it)).not.toThrow();
  });

  test.each([
    { origin: 'https://evil.test' },
    { origin: 'http://shop.test' },
    { origin: 'https://shop.test.evil.test' },
    { origin: 'https://shop.test:8443' },
    { origin: 'null' },
    { origin: '' },
    { fetchSite: 'cross-site' },
    { fetchSite: 'same-site' },
    { origin: 'https://shop.test', fetchSite: 'cross-site' },
    { origin: 'ftp://user:8080' },
  ])('%j is not', (it) => {
    expect(check(it)).toThrow(rejected);
  });
});
