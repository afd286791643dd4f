import { Email } from '@shopstack/contracts/primitives';
import { register } from '@shopstack/contracts/user';
import { z } from 'zod';

export const SignInForm = z.object({ email: Email, password: z.string().min(1) });
export type SignInForm = z.infer<typeof SignInForm>;

/** The limits are the contract's: eight characters and no rules about which. */
export const SignUpForm = z.object(register.body.shape);
export type SignUpForm = z.infer<typeof SignUpForm>;

export type EntryProblem = 'required' | 'email' | 'short' | 'long' | 'invalid';
export function entryProblem(field: string, zodCode: string | undefined, value: unknown): EntryProblem {
  if (value === '' || value === undefined) return 'required';
  if (zodCode === 'too_big') return 'long';
  if (field === 'email') return 'email';
  return zodCode === 'too_small' ? 'short' : 'invalid';
}
