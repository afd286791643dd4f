import { describe, expect, test } from '@jest/globals';
import { needsModeration, stateAfterWriting } from './moderation.ts';

describe('what a person has to look at first', () => {
  test.each([
    'Buy it at https://cheap.example/lamp',
    'see www.cheap.example',
    'half the price at lamps4you.com!',
    'write to me: someone@example.org',
    'What the fuck',
    'FUCKING great',
    'this is sh1t',
    'ｆｕｃｋ',
    'So eine Scheiße',
    'bull$hit',
  ])('%s', (text) => {
    expect(needsModeration('A lamp', text)).toBe(true);
  });

  test.each([
    'Warm light, e.g. for reading. Arrived in 3 days.',
    'The people of Scunthorpe love their shiitake and cockatoos.',
    'Costs 3.50 more than before...but worth it.',
    'Ich finde sie schön. Der Schirm ist aus Glas.',
    'I rate it 5/5, would buy again :-)',
    '',
  ])('but not: %s', (text) => {
    expect(needsModeration(text)).toBe(false);
  });
});

describe('the state of a review its author wrote', () => {
  const clean = { suspicious: false, watched: false };
  test('is published at once when nothing is suspicious', () => {
    expect(stateAfterWriting(undefined, clean)).toBe('published');
    expect(stateAfterWriting('published', clean)).toBe('published');
  });
  test('is pending when the text is suspicious', () => {
    expect(stateAfterWriting(undefined, { ...clean, suspicious: true })).toBe('pending');
    expect(stateAfterWriting('published', { ...clean, suspicious: true })).toBe('pending');
  });
  test('never leaves moderation by an edit, nor by writing it anew', () => {
    expect(stateAfterWriting('hidden', clean)).toBe('pending');
    expect(stateAfterWriting('pending', clean)).toBe('pending');
    expect(stateAfterWriting(undefined, { ...clean, watched: true })).toBe('pending');
  });
});
