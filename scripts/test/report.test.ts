import { describe, expect, test } from '@jest/globals';
import { closingLine, tierTable } from './report.ts';

const tier = (over: object) => ({ tier: 'unit', passed: 3, failed: 0, skipped: 0, seconds: 2, ...over });

describe('the closing line', () => {
  test('sums all tiers', () => {
    expect(closingLine([tier({}), tier({ passed: 4, failed: 1 })])).toBe('7 passed, 1 failed');
  });
  test('never counts what was skipped as passed', () => {
    expect(closingLine([tier({ skipped: 2 })])).toBe('3 passed, 0 failed, 2 skipped');
  });
});

test('the table names each tier', () => {
  expect(tierTable([tier({}), tier({ tier: 'browser', failed: 1 })])).toContain(
    'browser  3 passed  1 FAILED',
  );
});
