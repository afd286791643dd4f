import { describe, expect, test } from '@jest/globals';
import { type ScheduledKey, scheduleKeys } from './key-schedule.ts';

const start = Date.parse('2026-11-22T00:00:00Z');
const minutes = (n: number) => new Date(start + n * 60_000);
const key = (generation: number, from: number): ScheduledKey => ({ generation, signsFrom: minutes(from) });
const rotationMs = 24 * 60 * 60_000;
const at = (now: number, keys: ScheduledKey[]) => scheduleKeys(keys, { now: minutes(now), rotationMs });
const generations = (keys: ScheduledKey[]) => keys.map((it) => it.generation);

describe('signing keys', () => {
  test('the first key signs at once', () => {
    expect(at(0, []).next).toEqual(key(1, 0));
  });

  test('a successor is made 15 minutes before the rotation and signs on time', () => {
    expect(at(1440 - 16, [key(1, 0)]).next).toBeUndefined();
    expect(at(1440 - 15, [key(1, 0)]).next).toEqual(key(2, 1440));
  });

  test('after a long sleep the successor is still published 15 minutes before use', () => {
    expect(at(9000, [key(1, 0)]).next).toEqual(key(2, 9015));
  });

  test('a published successor does not sign before its time', () => {
    const keys = [key(1, 0), key(2, 1440)];
    expect(at(1439, keys).signing?.generation).toBe(1);
    expect(generations(at(1439, keys).published)).toEqual([1, 2]);
    expect(at(1440, keys).signing?.generation).toBe(2);
  });

  test('the predecessor is shown for 20 minutes more', () => {
    const keys = [key(1, 0), key(2, 1440)];
    expect(generations(at(1459, keys).published)).toEqual([1, 2]);
    expect(generations(at(1460, keys).published)).toEqual([2]);
    expect(generations(at(1460, keys).retired)).toEqual([1]);
  });

  test('a clock that runs behind signs with the oldest key rather than with none', () => {
    expect(at(-5, [key(1, 0)]).signing?.generation).toBe(1);
  });
});
