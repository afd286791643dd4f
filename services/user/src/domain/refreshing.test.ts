import { describe, expect, test } from '@jest/globals';
import { decideRefresh, remember, sessionExpiry, type TokenState } from './refreshing.ts';

const start = Date.parse('2026-11-22T00:00:00Z');
const at = (ms: number) => new Date(start + ms);
const session = (more: Partial<TokenState> = {}): TokenState => ({
  tokenHash: 'third',
  used: [
    { hash: 'first', salt: 'to-second', at: at(0) },
    { hash: 'second', salt: 'to-third', at: at(3000) },
  ],
  endedAt: null,
  expiresAt: at(1e9),
  ...more,
});

describe('a refresh token', () => {
  test('the current one is exchanged', () => {
    expect(decideRefresh(session(), 'third', at(1))).toEqual({ kind: 'rotate' });
  });

  test('one that was exchanged in the last ten seconds leads to the current one', () => {
    expect(decideRefresh(session(), 'second', at(13_000))).toEqual({ kind: 'repeat', salts: ['to-third'] });
    expect(decideRefresh(session(), 'first', at(10_000))).toEqual({
      kind: 'repeat',
      salts: ['to-second', 'to-third'],
    });
  });

  test('after that it is a copy', () => {
    expect(decideRefresh(session(), 'first', at(10_001))).toEqual({ kind: 'reused' });
    expect(decideRefresh(session(), 'forgotten', at(1))).toEqual({ kind: 'reused' });
  });

  test('nothing brings back a session that has ended or expired', () => {
    expect(decideRefresh(session({ endedAt: at(0) }), 'third', at(1))).toEqual({ kind: 'over' });
    expect(decideRefresh(session({ expiresAt: at(5) }), 'third', at(5))).toEqual({ kind: 'over' });
  });

  test('only fresh exchanges are remembered, and a bounded number of them', () => {
    expect(remember(session(), 'to-fourth', at(12_000)).map((it) => it.hash)).toEqual(['second', 'third']);
    const used = Array.from({ length: 30 }, (_, n) => ({ hash: `${n}`, salt: '', at: at(0) }));
    expect(remember(session({ used }), 'to-fourth', at(1))).toHaveLength(8);
  });
});

test('a session lives while it is used, but not for ever', () => {
  const limits = { idleMs: 100, longestMs: 250 };
  expect(sessionExpiry(at(0), at(0), limits)).toEqual(at(100));
  expect(sessionExpiry(at(0), at(90), limits)).toEqual(at(190));
  expect(sessionExpiry(at(0), at(240), limits)).toEqual(at(250));
});
