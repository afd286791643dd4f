import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AFTER } from '../values/keys.ts';
import { beginningWith, SortedEntries } from './sorted-entries.ts';

const key = (number: number): string => String(number).padStart(5, '0');
const everything = { from: '', to: AFTER };

describe('sorted entries', () => {
  it('hold what a sorted list would hold after any additions and removals', () => {
    const step = fc.record({ add: fc.boolean(), key: fc.nat(300), id: fc.nat(3) });
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 2000, size: 'max' }),
        fc.nat(300),
        fc.nat(300),
        (steps, a, b) => {
          const entries = new SortedEntries();
          const expected = new Map<string, { key: number; id: number }>();
          for (const { add, key: number, id } of steps) {
            if (add) entries.add(key(number), id);
            else entries.remove(key(number), id);
            if (add) expected.set(`${number}/${id}`, { key: number, id });
            else expected.delete(`${number}/${id}`);
          }
          const [low, high] = a < b ? [a, b] : [b, a];
          const inside = [...expected.values()].filter((entry) => entry.key >= low && entry.key <= high);
          const ids = inside.sort((x, y) => x.key - y.key || x.id - y.id).map((entry) => entry.id);
          const range = { from: key(low), to: key(high) + AFTER };
          expect([...entries.ids(range)]).toEqual(ids);
          expect([...entries.idsBackwards(range)]).toEqual(ids.toReversed());
          expect(entries.count(range)).toBe(ids.length);
          expect(entries.size).toBe(expected.size);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('keep ids beyond 32 bits', () => {
    const entries = new SortedEntries();
    const ids = [0, 2 ** 31, 2 ** 40 + 5, Number.MAX_SAFE_INTEGER];
    for (const id of ids) entries.add('k', id);
    expect([...entries.ids(beginningWith('k'))]).toEqual(ids);
  });

  it('stay ordered over many chunks in either direction of insertion', () => {
    const entries = new SortedEntries();
    for (let i = 0; i < 3000; i++) entries.add(key(i % 2 ? i : 6000 - i), i);
    expect(entries.count(everything)).toBe(3000);
    expect([...entries.ids(everything)]).toEqual([...entries.idsBackwards(everything)].toReversed());
  });
});
