import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { createDeviceCookies, DEVICE_COOKIE_SECONDS } from './device-cookies.ts';

const now = new Date('2026-11-22T00:00:00Z');
const devices = createDeviceCookies(randomBytes(32));
const cookie = devices.issue('ada@shop.test', now, 'device-1');

test('a device is known to the account that signed in on it, and to no other', () => {
  expect(devices.read(cookie, 'ada@shop.test', now)).toBe('device-1');
  expect(devices.read(cookie, 'eve@shop.test', now)).toBeUndefined();
});

test('made-up, foreign and old cookies are nothing', () => {
  const foreign = createDeviceCookies(randomBytes(32)).issue('ada@shop.test', now);
  const moved = cookie.replace('device-1', 'device-2');
  for (const it of [undefined, '', 'a.b.c', foreign, moved, `${cookie}.x`])
    expect(devices.read(it, 'ada@shop.test', now)).toBeUndefined();
  const later = new Date(now.getTime() + DEVICE_COOKIE_SECONDS * 1000 + 1);
  expect(devices.read(cookie, 'ada@shop.test', later)).toBeUndefined();
});
