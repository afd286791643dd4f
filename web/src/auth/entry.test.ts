import { describe, expect, test } from '@jest/globals';
import { entryProblem, SignInForm, SignUpForm } from './entry-form.ts';
import { returnPath, signInPath } from './return-path.ts';

describe('after signing in', () => {
  test('one is back where one was', () => {
    expect(returnPath('/checkout')).toBe('/checkout');
    expect(returnPath('/products?q=mug')).toBe('/products?q=mug');
    expect(signInPath({ pathname: '/orders', search: '?a=1' })).toBe('/sign-in?to=%2Forders%3Fa%3D1');
  });

  test('never on another site, and never on the sign-in page again', () => {
    for (const path of [
      null,
      '',
      'https://evil.test',
      '//evil.test',
      '/\\evil.test',
      '/sign-in?to=/sign-in',
      '/sign-up',
    ])
      expect(returnPath(path)).toBe('/');
  });
});

describe('the entry forms', () => {
  const first = (form: typeof SignInForm | typeof SignUpForm, input: Record<string, string>) => {
    const issue = form.safeParse(input).error?.issues[0];
    const field = String(issue?.path[0]);
    return issue && [field, entryProblem(field, issue.code, input[field])];
  };
  test('signing in asks for an address and any password', () => {
    expect(first(SignInForm, { email: 'ada@example.org', password: 'x' })).toBeUndefined();
    expect(first(SignInForm, { email: 'ada', password: 'x' })).toEqual(['email', 'email']);
    expect(first(SignInForm, { email: 'ada@example.org', password: '' })).toEqual(['password', 'required']);
  });
  test('signing up asks for eight characters', () => {
    const input = { email: 'ada@example.org', name: 'Ada', password: 'seven77' };
    expect(first(SignUpForm, input)).toEqual(['password', 'short']);
    expect(first(SignUpForm, { ...input, password: 'eight888' })).toBeUndefined();
    expect(first(SignUpForm, { ...input, password: 'x'.repeat(129) })).toEqual(['password', 'long']);
  });
});
