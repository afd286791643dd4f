import { describe, expect, test } from '@jest/globals';
import { networkOf, waitSeconds } from './waiting.ts';

describe('growing waits', () => {
  const patience = { free: 5, firstWaitSeconds: 2, longestWaitSeconds: 900 };

  test('the first failures cost nothing, then each wait is twice the one before', () => {
    expect([1, 5, 6, 7, 8].map((n) => waitSeconds(n, patience))).toEqual([0, 0, 2, 4, 8]);
  });

  test('no wait is longer than the longest', () => {
    expect([20, 100, 1e9].map((n) => waitSeconds(n, patience))).toEqual([900, 900, 900]);
  });
});

describe('networks', () => {
  test.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s belongs to %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
