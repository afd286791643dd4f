import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Violation } from './judge.ts';

const MESSAGE_ID = /^message-id:\s*<(.+)>\s*$/im;
const END_OF_HEAD = /\r?\n\r?\n/;

/** I9 for customers: no letter of the mail catcher's folder came twice. An id names one letter of one order. */
export function judgeLetters(folder: string) {
  const names = readdirSync(folder).filter((it) => it.endsWith('.eml'));
  const times = new Map<string, number>();
  for (const name of names) {
    const [head = ''] = readFileSync(join(folder, name), 'latin1').split(END_OF_HEAD, 1);
    const id = MESSAGE_ID.exec(head)?.[1];
    if (id !== undefined) times.set(id, (times.get(id) ?? 0) + 1);
  }
  const violations = [...times]
    .filter(([, count]) => count > 1)
    .map(
      ([id, count]): Violation => ({ promise: 'I9', id, detail: `a letter that was sent ${count} times` }),
    );
  return { promise: 'I9', title: 'no letter is sent twice', checked: times.size, violations };
}
