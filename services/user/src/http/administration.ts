import { endUserSessions, listUsers, patchUser } from '@shopstack/contracts/user';
import { type Api, noContent, ok } from '@shopstack/kit/api';
import { checkIfMatch } from '@shopstack/kit/etag';
import type { Logger } from '@shopstack/kit/log';
import { problem } from '@shopstack/kit/problem';
import { type Account, decideRights, toUser } from '../domain/account.ts';
import type { Leases } from '../store/leases.ts';
import type { Sessions } from '../store/sessions.ts';
import type { Users } from '../store/users.ts';
import { callerOf } from './caller.ts';
import { versioned } from './users.ts';

interface Deps {
  users: Users;
  sessions: Pick<Sessions, 'endAll'>;
  leases: Leases;
  log: Logger;
  wake: () => void;
}

export function administration(api: Api, deps: Deps): void {
  api.on(listUsers, async ({ query: { q, ...page } }) => {
    const { items, next } = await deps.users.search(q, page);
    return ok({ items: items.map(toUser), next }, { 'cache-control': 'no-store' });
  });

  api.on(patchUser, async ({ principal, params, body, ifMatch }) => {
    const account = await deps.users.byId(params.id);
    if (!account) throw problem('not-found');
    checkIfMatch(ifMatch, account.version);
    const rights = decideRights(account, body);
    const change = () => changeRights(deps, account, rights);
    const changed = rights.takesAdmin
      ? await deps.leases.hold('admins', async () => {
          await checkNotLast(deps, account);
          return change();
        })
      : await change();
    if (rights.endsSessions) await deps.sessions.endAll(account._id);
    const { roles, disabled } = changed;
    deps.log.info({ userId: account._id, by: callerOf(principal).id, roles, disabled }, 'rights decided');
    deps.wake();
    return ok(toUser(changed), versioned(changed));
  });

  api.on(endUserSessions, async ({ principal, params }) => {
    if (!(await deps.users.beginEpoch(params.id))) throw problem('not-found');
    const ended = await deps.sessions.endAll(params.id);
    deps.log.info({ userId: params.id, by: callerOf(principal).id, ended }, 'signed out everywhere');
    return noContent;
  });
}

async function changeRights(
  { users }: Deps,
  account: Account,
  rights: ReturnType<typeof decideRights>,
): Promise<Account> {
  if (!rights.changes) return account;
  const { roles, disabled, endsSessions } = rights;
  return users.change(account, { set: { roles, disabled }, newEpoch: endsSessions });
}

/** Under the lease, so that two admins cannot take each other's rights at the same moment. */
async function checkNotLast({ users }: Deps, account: Account): Promise<void> {
  if ((await users.countOtherAdmins(account._id)) > 0) return;
  const detail = 'The shop needs an admin: this is the last one.';
  throw problem('validation-failed', detail, { errors: [{ pointer: '/roles', detail }] });
}
