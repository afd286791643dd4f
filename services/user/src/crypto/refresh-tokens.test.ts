import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { uuidv7 } from '@shopstack/kit/uuid';
import { createRefreshTokens, hashToken } from './refresh-tokens.ts';

const tokens = createRefreshTokens(randomBytes(32));

describe('refresh tokens', () => {
  test('a token tells its session, and no two are the same', () => {
    const sid = uuidv7();
    const token = tokens.issue(sid);
    expect(tokens.read(token)).toEqual({ sid, hash: hashToken(token) });
    expect(tokens.issue(sid)).not.toBe(token);
  });

  test('the successor is the same again for the same salt only', () => {
    const sid = uuidv7();
    const token = tokens.issue(sid);
    const next = tokens.successor(sid, token, 'salt');
    expect(tokens.successor(sid, token, 'salt')).toBe(next);
    expect(tokens.successor(sid, token, 'other')).not.toBe(next);
    expect(tokens.read(next)?.sid).toBe(sid);
  });

  test('what we did not issue is nothing', () => {
    const token = tokens.issue(uuidv7());
    const changed = `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`;
    const foreign = createRefreshTokens(randomBytes(32)).issue(uuidv7());
    for (const it of ['', 'x', changed, foreign, `${token}A`, `${token}=`, token.slice(0, -1)])
      expect(tokens.read(it)).toBeUndefined();
  });
});
