import { describe, expect, test } from '@jest/globals';
import { checkIfMatch, etag, expectedVersion } from './etag.ts';
import { isProblem } from './problem.ts';

const outcome = (act: () => unknown): unknown => {
  try {
    act();
    return 'passes';
  } catch (error) {
    return isProblem(error) ? error.code : error;
  }
};

describe('If-Match', () => {
  test.each([
    [etag(7), 'passes'],
    ['W/"7"', 'passes'],
    ['  "7"  ', 'passes'],
    ['"6", "7"', 'passes'],
    ['"6",W/"7"', 'passes'],
    ['*', 'passes'],
    ['"6"', 'etag-stale'],
    ['"77"', 'etag-stale'],
    ['7', 'etag-stale'],
    ["'7'", 'etag-stale'],
    ['"7', 'etag-stale'],
    ['"07"', 'etag-stale'],
    ['"7.0"', 'etag-stale'],
    ['w/"7"', 'etag-stale'],
    ['', 'etag-stale'],
    [',', 'etag-stale'],
    ['"*"', 'etag-stale'],
    ['null', 'etag-stale'],
  ])('%j against version 7: %s', (header, expected) => {
    expect(outcome(() => checkIfMatch(header, 7))).toBe(expected);
    expect(outcome(() => checkIfMatch(header, 7, 'optional'))).toBe(expected);
  });

  test('missing is 428 where it is needed and fine where it is not', () => {
    expect(outcome(() => checkIfMatch(undefined, 7))).toBe('if-match-missing');
    expect(outcome(() => checkIfMatch(undefined, 7, 'optional'))).toBe('passes');
  });

  test.each([
    ['"7"', 7],
    ['W/"7"', 7],
    ['"0"', 0],
    ['*', undefined],
    [undefined, undefined],
  ])('%j expects version %s', (header, version) => {
    expect(expectedVersion(header)).toBe(version);
  });

  test.each(['', '7', '"07"', '"-7"', '"7e2"', '"9007199254740993"', '"x"', '"7" or 1=1'])(
    '%j names no version of ours',
    (header) => {
      expect(outcome(() => expectedVersion(header))).toBe('etag-stale');
    },
  );
});
