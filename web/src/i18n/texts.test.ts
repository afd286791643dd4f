import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { problems as known } from '@shopstack/contracts/problems';
import { problems } from './en/problems.ts';
import { formatArrival, formatMoney, formatRound, regional } from './format.ts';
import { pickLanguage } from './language.ts';

function leaves(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  return Object.entries(value ?? {}).flatMap(([key, child]) => leaves(child, path ? `${path}.${key}` : key));
}
const variables = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();
const files = readdirSync(new URL('en/', import.meta.url));

describe.each(files)('the texts in %s', (file) => {
  const load = async (language: string) => leaves(await import(`./${language}/${file}`));

  test('say the same things in German, with the same variables', async () => {
    const german = new Map(await load('de'));
    const english = await load('en');
    expect([...german.keys()]).toEqual(english.map(([key]) => key));
    for (const [key, text] of english)
      expect([key, variables(german.get(key) ?? '')]).toEqual([key, variables(text)]);
  });

  test('are not English left in the German file', async () => {
    const english = new Map(await load('en'));
    const same = (await load('de')).filter(
      ([key, text]) => english.get(key) === text && text.split(' ').length > 3,
    );
    expect(same).toEqual([]);
  });
});

test('every problem that has words is one of the contract', () => {
  expect(Object.keys(problems).filter((code) => !(code in known))).toEqual([]);
});

describe('formats', () => {
  test('money follows language and currency', () => {
    expect(formatMoney({ amountMinor: 1999, currency: 'EUR' }, 'en')).toBe('€19.99');
    expect(formatMoney({ amountMinor: 1999, currency: 'EUR' }, 'de')).toBe('19,99\u00a0€');
    expect(formatMoney({ amountMinor: 1999, currency: 'JPY' }, 'en')).toBe('¥1,999');
    expect(formatRound(2999, 'EUR', 'en')).toBe('€30');
  });
  test('dates follow the regional variant of the reader, when it is the language that is shown', () => {
    expect(regional('en', ['de-DE', 'en-GB', 'en-US'])).toBe('en-GB');
    expect(regional('de', ['en-GB', 'de-AT'])).toBe('de-AT');
    expect(regional('de', ['en-GB'])).toBe('de');
  });

  test('arrival is a range of days', () => {
    const from = new Date(2026, 10, 30);
    expect(formatArrival({ min: 2, max: 4 }, from, 'en')).toMatch(/Dec 2.*Dec 4/);
    expect(formatArrival({ min: 1, max: 1 }, from, 'en')).toBe('Tue, Dec 1');
  });
});

test('the language is the chosen one, else the first of the browser that we speak', () => {
  expect(pickLanguage('de', ['en'])).toBe('de');
  expect(pickLanguage(null, ['fr-FR', 'de-AT', 'en'])).toBe('de');
  expect(pickLanguage('xx', ['fr'])).toBe('en');
});
