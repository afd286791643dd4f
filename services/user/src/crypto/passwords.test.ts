import { describe, expect, test } from '@jest/globals';
import { createPasswords } from './passwords.ts';

describe('passwords', () => {
  test('argon2id with 19 MiB, two passes and one lane', async () => {
    const passwords = await createPasswords({ concurrency: 2 });
    expect(await passwords.hash('correct horse')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  test('only the right password verifies, in any Unicode form', async () => {
    const passwords = await createPasswords({ concurrency: 2 });
    const stored = await passwords.hash('caf\u00e9 au lait');
    expect(await passwords.verify(stored, 'cafe\u0301 au lait')).toBe(true);
    expect(await passwords.verify(stored, 'cafe au lait')).toBe(false);
    expect(await passwords.verify(undefined, 'caf\u00e9 au lait')).toBe(false);
  });

  test('more work than the queue holds is refused, and the queue empties', async () => {
    const passwords = await createPasswords({ concurrency: 2 });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 203 }, () => passwords.verify(undefined, 'x')),
    );
    const refused = outcomes.filter((it) => it.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({ reason: { code: 'unavailable' } });
    expect(await passwords.verify(undefined, 'x')).toBe(false);
  });
});
