import { expect, test } from '@jest/globals';
import { DatabaseAway, isConflict, isConnectionLoss, isDuplicate } from './fault.ts';

const error = (members: object) => Object.assign(new Error('no'), members);

test.each([
  [{ code: 'ECONNREFUSED' }],
  [{ code: 'PROTOCOL_CONNECTION_LOST', fatal: true }],
  [{ errno: 1053, sqlState: '08S01' }],
  [{ errno: 1927, sqlState: '70100' }],
  [{ fatal: true }],
])('%j means that the database is away', (members) => {
  expect(isConnectionLoss(error(members))).toBe(true);
});

test('a refused statement or login is not an absent database', () => {
  expect(isConnectionLoss(error({ errno: 1062, sqlState: '23000' }))).toBe(false);
  expect(isConnectionLoss(error({ errno: 1045, sqlState: '28000', fatal: true }))).toBe(false);
  expect(isConnectionLoss('ECONNREFUSED')).toBe(false);
});

test('an absent database is a 503 that says when to come back', () => {
  const away = new DatabaseAway(error({ code: 'ECONNREFUSED' }));
  expect([away.code, away.status, away.extra.retryAfterSeconds]).toEqual(['unavailable', 503, 2]);
});

test('deadlock, lock timeout and a changed snapshot are conflicts; a duplicate is not', () => {
  expect([1205, 1213, 1020].every((errno) => isConflict(error({ errno })))).toBe(true);
  expect(isConflict(error({ errno: 1062 }))).toBe(false);
  expect(isDuplicate(error({ errno: 1062 }))).toBe(true);
});
