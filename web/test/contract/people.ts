import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Role } from '@shopstack/contracts/roles';
import { User } from '@shopstack/contracts/user';
import { z } from 'zod';
import { ask, type Credentials } from './asking.ts';

const SignedIn = z.object({ accessToken: z.string(), user: User });
export interface Person {
  id: string;
  name: string;
  email: string;
  password: string;
  token: string;
  refreshCookie: string;
  credentials: Credentials;
}
export const bearer = (token: string): Credentials => ({ authorization: `Bearer ${token}` });

/** A secret of the shop under test, as its launcher made it. */
export function secret(name: string): string {
  const file = join(
    process.env.SHOP_DATA_DIR ?? join(import.meta.dirname, '../../../.shopstack'),
    'secrets.json',
  );
  const found = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8')))[name];
  if (found === undefined) throw new Error(`the shop has no secret called ${name}`);
  return found;
}

export async function signIn(email: string, password: string): Promise<Person> {
  const answer = await ask('signIn', { body: { email, password } });
  if (answer.status !== 201) throw new Error(`${email} cannot sign in: ${answer.text}`);
  const { accessToken, user } = SignedIn.parse(answer.body);
  const cookies = answer.headers.getSetCookie().map((it) => it.split(';')[0] ?? '');
  return {
    id: user.id,
    name: user.name,
    email,
    password,
    token: accessToken,
    refreshCookie: cookies.find((it) => it.startsWith('refresh=')) ?? '',
    credentials: bearer(accessToken),
  };
}

/** The shop's own admin, who gives out roles. */
export const sampleAdmin = () => signIn('admin@shopstack.example', secret('account.admin'));

/** A new account with these roles, signed in. */
export async function newPerson(
  name: string,
  admin: Person,
  roles: readonly Role[] = ['customer'],
): Promise<Person> {
  const email = `${name.toLowerCase().replaceAll(' ', '-')}-${randomUUID()}@example.test`;
  const password = `quiet harbour ${randomUUID().slice(0, 8)}`;
  const answer = await ask('register', { body: { email, password, name } });
  const { id, version } = User.parse(answer.body);
  if (roles.join() !== 'customer') await decideRights(admin, { id, version }, { roles });
  return signIn(email, password);
}

/** Roles and whether the account is open, decided by an admin. */
export async function decideRights(
  admin: Person,
  { id, version }: Pick<User, 'id' | 'version'>,
  rights: { roles?: readonly Role[]; disabled?: boolean },
): Promise<User> {
  const asking = { params: { id }, body: rights, headers: { 'if-match': `"${version}"` } };
  const answer = await ask('patchUser', asking, admin.credentials);
  if (answer.status !== 200) throw new Error(`no rights: ${answer.text}`);
  return User.parse(answer.body);
}
