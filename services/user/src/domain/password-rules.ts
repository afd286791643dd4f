import { commonWords } from './common-words.ts';

const sequences = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiop',
  'qwertzuiop',
  'azertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6zhn6yhn7ujm8ik9ol',
  '1q2w3e4r5t6y7u8i9o0p',
  '147258369',
  '789456123',
].flatMap((run) => [run, [...run].reverse().join('')]);

const lookalikes: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};
const asLetters = (text: string) => text.replaceAll(/[@4310$57]/g, (sign) => lookalikes[sign] ?? sign);
/** Without the digits and signs that people put around a word. */
const core = (text: string) => text.replace(/^[^\p{L}]+/u, '').replace(/[^\p{L}]+$/u, '');

/** A part said again and again: `aaaaaaaa`, `abcabcabc`, `passpass` are as short as their part. */
function shortestPart(text: string): string {
  for (let length = 1; length <= text.length / 2; length++) {
    const part = text.slice(0, length);
    if (part.repeat(Math.ceil(text.length / length)).startsWith(text)) return part;
  }
  return text;
}

/** The beginning of the e-mail address, the address itself and the name are the first thing that is tried. */
const personal = (email: string, name: string): string[] =>
  [email, email.split('@')[0] ?? '', name, name.replaceAll(/\s/g, '')]
    .map((text) => text.toLowerCase())
    .filter((text) => text.length >= 3);

/** Whether the password is among the first that anybody would try. Length is the contract's business. */
export function isTooCommon(password: string, owner: { email: string; name: string }): boolean {
  const typed = password.normalize('NFKC').toLowerCase();
  const part = shortestPart(typed);
  if (part.length <= 4) return true;
  const words = [typed, core(typed), asLetters(core(typed)), core(asLetters(typed)), part, core(part)];
  const known = personal(owner.email, owner.name);
  return (
    sequences.some((run) => run.includes(typed) || run.includes(core(typed) || typed)) ||
    words.some((word) => commonWords.has(word) || known.includes(word))
  );
}
