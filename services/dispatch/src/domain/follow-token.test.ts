import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { createFollowTokens } from './follow-token.ts';

const tokens = createFollowTokens('a secret of at least thirty-two characters');

test('a token opens its own order only', () => {
  expect(tokens.opens('one', tokens.of('one'))).toBe(true);
  expect(tokens.opens('two', tokens.of('one'))).toBe(false);
  expect(tokens.opens('one', undefined)).toBe(false);
  expect(tokens.opens('one', '')).toBe(false);
  expect(tokens.opens('one', `${tokens.of('one')}x`)).toBe(false);
});

test('another secret makes other tokens', () => {
  const others = createFollowTokens('another secret of at least thirty-two letters');
  expect(others.opens('one', tokens.of('one'))).toBe(false);
});

test('the hash that travels is the SHA-256 of the token', () => {
  expect(tokens.hashOf('one')).toBe(createHash('sha256').update(tokens.of('one')).digest('hex'));
});
