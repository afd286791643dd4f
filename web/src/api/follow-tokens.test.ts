import { describe, expect, test } from '@jest/globals';
import { followTokenInHash, followTokenOf, rememberFollowToken } from './follow-tokens.ts';

describe('follow tokens', () => {
  test('are kept per order', () => {
    const stored = new Map<string, string>();
    const memory = {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
    };
    rememberFollowToken(memory, 'a', 'token-a');
    expect(followTokenOf(memory, 'a')).toBe('token-a');
    expect(followTokenOf(memory, 'b')).toBeUndefined();
  });

  test('are read from the link in an e-mail', () => {
    expect(followTokenInHash('#follow=abc_-1')).toBe('abc_-1');
    expect(followTokenInHash('#reviews')).toBeUndefined();
    expect(followTokenInHash('')).toBeUndefined();
  });
});
