import { describe, expect, test } from '@jest/globals';
import { isTooCommon } from './password-rules.ts';

const owner = { email: 'ada.lovelace@shop.test', name: 'Ada Lovelace' };
const refused = (password: string) => isTooCommon(password, owner);

describe('passwords that everybody tries first', () => {
  test.each([
    ...['password', 'Password1', 'P@ssw0rd!', 'passwort123', 'welcome2026!', 'Summer2025', 'qwertyuiop'],
    ...['12345678', '87654321', '1234567890', 'abcdefgh', '1q2w3e4r', '1qaz2wsx', 'iloveyou', '!!dragon99'],
    ...['aaaaaaaa', '11111111', 'abcabcabc', 'xyxyxyxy', 'passwordpassword'],
  ])('%s', (password) => {
    expect(refused(password)).toBe(true);
  });

  test.each(['ada.lovelace', 'Ada Lovelace', 'AdaLovelace1815', 'ada.lovelace@shop.test'])(
    'the owner’s own %s',
    (password) => {
      expect(refused(password)).toBe(true);
    },
  );
});

test.each([
  'correct horse battery staple',
  'tr0ub4dor&3 ',
  'my dragon eats cheese',
  'Vogelbeere-42-Tal',
  'ünïcödé sind gut',
  'x7Lq!m2Rw9',
  'password of my aunt',
])('%s is good enough: there are no rules of composition', (password) => {
  expect(refused(password)).toBe(false);
});
