import { expect, test } from '@jest/globals';
import { createTraceparent } from './traceparent.ts';

test('the requests of a page are one trace, the next page begins another', () => {
  let page = '/';
  const traceparent = createTraceparent(() => page);
  const [first, second] = [traceparent(), traceparent()];
  page = '/cart';
  const third = traceparent();
  page = '/';
  const fourth = traceparent();
  const all = [first, second, third, fourth];
  for (const it of all) expect(it).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  const [a, b, c, d] = all.map((it) => it.split('-'));
  expect(a?.[1]).toBe(b?.[1]);
  expect(new Set([a?.[1], c?.[1], d?.[1]]).size).toBe(3);
  expect(new Set([a, b, c, d].map((it) => it?.[2])).size).toBe(4);
});
