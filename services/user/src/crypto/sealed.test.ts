import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { seal, unseal } from './sealed.ts';
import { deriveKey } from './secrets.ts';

const key = randomBytes(32);
const plain = Buffer.from('a private key');

test('what was sealed opens with the same key and context only', () => {
  const sealed = seal(key, plain, 'kid-1');
  expect(unseal(key, sealed, 'kid-1')).toEqual(plain);
  expect(() => unseal(key, sealed, 'kid-2')).toThrow();
  expect(() => unseal(randomBytes(32), sealed, 'kid-1')).toThrow();
});

test('a changed bit is noticed and equal contents look different', () => {
  const bytes = Buffer.from(seal(key, plain, 'kid-1'), 'base64');
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
  expect(() => unseal(key, bytes.toString('base64'), 'kid-1')).toThrow();
  expect(seal(key, plain, 'kid-1')).not.toBe(seal(key, plain, 'kid-1'));
});

test('every purpose has a key of its own', () => {
  const keys = (['signing-keys', 'refresh-tokens', 'device-cookies', 'log-names'] as const).map((purpose) =>
    deriveKey(key, purpose).toString('hex'),
  );
  expect(new Set(keys).size).toBe(4);
});
