import { expect, test } from '@jest/globals';
import { createTally, figuresText } from './figures.ts';

test('percentiles are of all requests, failed ones too', () => {
  const tally = createTally();
  for (let ms = 1; ms <= 200; ms++) tally.answered(ms, ms > 198 ? '503 GET /cart' : undefined);
  expect(tally.figures()).toMatchObject({ requests: 200, failed: 2, p50: 100, p99: 198 });
  expect([...tally.figures().faults]).toEqual([['503 GET /cart', 2]]);
});

test('what takes longer than a minute counts as a minute, and nothing has no percentile', () => {
  const tally = createTally();
  expect(tally.figures()).toMatchObject({ requests: 0, p50: 0, p99: 0 });
  tally.answered(600_000);
  expect(tally.figures().p99).toBe(60_000);
});

test('the line tells what is under way as long as something is', () => {
  const tally = createTally();
  for (const what of [tally.begun, tally.begun, tally.begun, tally.purchased]) what();
  tally.broke('purchase: the order ended rejected');
  tally.answered(12.4);
  expect(figuresText(tally.figures())).toBe(
    '1 requests, 0 failed, p50 12 ms, p99 12 ms; 1 purchases, 1 broken, 1 under way',
  );
  tally.purchased();
  expect(figuresText(tally.figures())).toMatch(/; 2 purchases, 1 broken$/);
});

test('a shop that fails in ever new ways does not fill the memory', () => {
  const tally = createTally();
  for (let at = 0; at < 1000; at++) tally.broke(`fault ${at}`);
  expect(tally.figures().faults.size).toBe(101);
  expect(tally.figures().faults.get('others')).toBe(900);
});
