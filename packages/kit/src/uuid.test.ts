import { describe, expect, test } from '@jest/globals';
import { uuidv7 } from './uuid.ts';

const far = Date.UTC(2100, 0, 1);
const msOf = (id: string) => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);

describe('uuid v7', () => {
  test('it carries the version, the variant and its millisecond', () => {
    const id = uuidv7();
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Math.abs(msOf(id) - Date.now())).toBeLessThan(1000);
  });

  test('later ids sort later, ten thousand of one millisecond too', () => {
    const ids = Array.from({ length: 10_000 }, () => uuidv7(far));
    ids.push(uuidv7(far + 1000));
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('a clock that goes back does not break the order', () => {
    const before = uuidv7(far + 5000);
    const after = [uuidv7(far + 4000), uuidv7(far), uuidv7(far + 5000)];
    expect([before, ...after]).toEqual([before, ...after].sort());
  });
});
