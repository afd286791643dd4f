import { changePassword, getMe, patchMe, register } from '@shopstack/contracts/user';
import { type Api, created, noContent, ok } from '@shopstack/kit/api';
import { checkIfMatch, etag } from '@shopstack/kit/etag';
import { isProblem, problem } from '@shopstack/kit/problem';
import type { Passwords } from '../crypto/passwords.ts';
import { type Account, toUser } from '../domain/account.ts';
import { isTooCommon } from '../domain/password-rules.ts';
import { networkOf } from '../domain/waiting.ts';
import type { Sessions } from '../store/sessions.ts';
import type { Throttle } from '../store/throttle.ts';
import type { Users } from '../store/users.ts';
import { callerOf } from './caller.ts';

interface Deps {
  users: Users;
  sessions: Pick<Sessions, 'keep' | 'endOthers'>;
  throttle: Throttle;
  passwords: Passwords;
  pseudonymOf: (text: string) => string;
  publicPath: string;
  /** Sends outgoing events soon. */
  wake: () => void;
}

/** The answer that shows an account to its owner or an admin. */
export const versioned = (account: Account) => ({
  etag: etag(account.version),
  'cache-control': 'no-store',
});

export function users(api: Api, deps: Deps): void {
  const own = async (id: string): Promise<Account> => {
    const account = await deps.users.byId(id);
    if (!account) throw problem('unauthenticated', 'The account is gone.');
    return account;
  };

  api.on(register, async ({ body, req }) => {
    const address = deps.pseudonymOf(networkOf(req.ip ?? ''));
    await deps.throttle.registration(address);
    if (isTooCommon(body.password, body)) throw problem('password-too-common');
    const account = await open(deps, body).catch(async (error: unknown) => {
      if (isProblem(error, 'email-taken')) await deps.throttle.emailTaken(address);
      throw error;
    });
    deps.wake();
    return created(`${deps.publicPath}/users/me`, toUser(account), versioned(account));
  });

  api.on(getMe, async ({ principal }) => {
    const account = await own(callerOf(principal).id);
    return ok(toUser(account), versioned(account));
  });

  api.on(patchMe, async ({ principal, body, ifMatch }) => {
    const account = await own(callerOf(principal).id);
    checkIfMatch(ifMatch, account.version);
    const set = {
      ...(body.name === undefined ? {} : { name: body.name }),
      ...(body.locale === undefined ? {} : { locale: body.locale }),
    };
    const same =
      (set.name ?? account.name) === account.name && (set.locale ?? account.locale) === account.locale;
    const changed = same ? account : await deps.users.change(account, { set });
    deps.wake();
    return ok(toUser(changed), versioned(changed));
  });

  api.on(changePassword, async ({ principal, body }) => {
    const caller = callerOf(principal);
    const account = await own(caller.id);
    if (isTooCommon(body.newPassword, account)) throw problem('password-too-common');
    const right = await deps.throttle.guard([{ kind: 'password', name: caller.id }], async () =>
      (await deps.passwords.verify(account.passwordHash, body.currentPassword)) ? true : undefined,
    );
    if (!right) throw problem('password-wrong');
    const epoch = await deps.users.setPassword(account, await deps.passwords.hash(body.newPassword));
    if (epoch === undefined) throw problem('version-conflict');
    await deps.sessions.keep(caller.sid, epoch);
    await deps.sessions.endOthers(caller.id, caller.sid);
    return noContent;
  });
}

/** Looks before it hashes: a taken address must not cost us the work. */
async function open(deps: Deps, body: { email: string; name: string; password: string }): Promise<Account> {
  if (await deps.users.byEmail(body.email)) throw problem('email-taken');
  const { password, ...rest } = body;
  const passwordHash = await deps.passwords.hash(password);
  return deps.users.create({ ...rest, passwordHash, roles: ['customer'] });
}
