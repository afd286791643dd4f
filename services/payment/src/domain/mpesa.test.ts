import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { uuidv7 } from '@shopstack/kit/uuid';
import { darajaTime, darajaTimestamp } from '../clients/daraja-time.ts';
import { createAttemptTokens } from './attempt-token.ts';
import { accountReference, isOfferedIn, isPayable, isPhone, outcomeOfCode } from './mpesa.ts';

test('Daraja takes 12 letters and digits for a reference', () => {
  const orderId = uuidv7();
  expect(accountReference(orderId)).toMatch(/^[0-9a-f]{12}$/);
  expect(orderId.endsWith(accountReference(orderId))).toBe(true);
});

test.each([
  ['254712345678', true],
  ['254112345678', true],
  ['0712345678', false],
  ['+254712345678', false],
  ['254212345678', false],
  ['2547123456789', false],
  ['', false],
])('%s is a phone: %s', (text, is) => expect(isPhone(text)).toBe(is));

test('shillings have no cents there, and only Kenya pays with it', () => {
  expect([isPayable(100, 'KES'), isPayable(150, 'KES'), isPayable(150, 'EUR')]).toEqual([true, false, true]);
  expect(isOfferedIn({ country: 'KE', currency: 'KES' }, 'KES')).toBe(true);
  expect(isOfferedIn({ country: 'KE', currency: 'EUR' }, 'KES')).toBe(false);
  expect(isOfferedIn({ country: 'DE', currency: 'KES' }, 'KES')).toBe(false);
});

test.each([
  ['1032', 'declined'],
  ['1', 'declined'],
  ['2001', 'declined'],
  ['1037', 'expired'],
  ['1019', 'expired'],
  ['9999', 'declined'],
])('code %s is %s, and the last word', (code, kind) => {
  expect(outcomeOfCode(code)).toMatchObject(
    kind === 'expired' ? { kind, watch: false } : { kind, final: false },
  );
});

test('Nairobi is three hours ahead', () => {
  const at = new Date('2020-08-04T22:36:05.123Z');
  expect([darajaTime(at), darajaTimestamp(at)]).toEqual(['2020-08-05 01:36:05', '20200805013605']);
});

describe('a token', () => {
  const tokens = createAttemptTokens('a secret of the shop');
  test('names one attempt and fits the address', () => {
    for (let n = 0; n < 50; n++) {
      const id = uuidv7();
      expect(tokens.of(id)).toMatch(/^[A-Za-z0-9_-]{64}$/);
      expect(tokens.read(tokens.of(id))).toBe(id);
    }
  });
  test('cannot be made or changed by others', () => {
    const token = tokens.of(uuidv7());
    const other = createAttemptTokens('another secret').of(uuidv7());
    const changed = Array.from(token, (letter, at) =>
      [token.slice(0, at), letter === 'A' ? 'B' : 'A', token.slice(at + 1)].join(''),
    );
    for (const it of [
      ...changed,
      other,
      `${token}A`,
      token.slice(1),
      '',
      randomBytes(48).toString('base64url'),
    ])
      expect(tokens.read(it)).toBeUndefined();
  });
});
