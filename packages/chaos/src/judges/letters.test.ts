import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { judgeLetters } from './letters.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'letters-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const letter = (name: string, id: string) =>
  writeFileSync(
    join(folder, `${name}.eml`),
    `X-Envelope-To: ada@example.test\r\nMessage-ID: <${id}>\r\nSubject: Hello\r\n\r\nMessage-ID: <in-the-text>\r\n`,
  );

test('a letter that came twice is named, one of each is not', () => {
  letter('1', 'confirmed.one@shopstack');
  letter('2', 'shipped.one@shopstack');
  expect(judgeLetters(folder)).toMatchObject({ promise: 'I9', checked: 2, violations: [] });
  letter('3', 'confirmed.one@shopstack');
  expect(judgeLetters(folder).violations).toEqual([
    { promise: 'I9', id: 'confirmed.one@shopstack', detail: 'a letter that was sent 2 times' },
  ]);
});
