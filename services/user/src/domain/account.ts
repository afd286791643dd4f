import type { Role } from '@shopstack/contracts/roles';
import type { SavedAddress, User } from '@shopstack/contracts/user';

/** An account as we keep it. */
export interface Account {
  _id: string;
  email: string;
  emailKey: string;
  name: string;
  roles: Role[];
  locale?: string;
  emailVerified: boolean;
  disabled: boolean;
  passwordHash: string;
  /** Counts what the owner can see change: the ETag. */
  version: number;
  /** Counts what ends sessions; a session of an earlier epoch is over. */
  epoch: number;
  addresses: SavedAddress[];
  createdAt: Date;
}

/** An account as its owner and admins see it. */
export const toUser = (it: Account): User => ({
  id: it._id,
  email: it.email,
  name: it.name,
  roles: it.roles,
  ...(it.locale === undefined ? {} : { locale: it.locale }),
  emailVerified: it.emailVerified,
  disabled: it.disabled,
  version: it.version,
  createdAt: it.createdAt.toISOString(),
});

export interface RightsChange {
  roles?: Role[] | undefined;
  disabled?: boolean | undefined;
}
/**
 * What a change of rights does to an account: `changes` is false when it asks for what is so already. Whoever loses a
 * right loses their sessions too, because an access token tells its roles for ten minutes.
 */
export function decideRights(account: Pick<Account, 'roles' | 'disabled'>, change: RightsChange) {
  const roles = [...new Set(change.roles ?? account.roles)];
  const disabled = change.disabled ?? account.disabled;
  const lost = account.roles.filter((role) => !roles.includes(role));
  const sameRoles = lost.length === 0 && roles.length === account.roles.length;
  const wasAdmin = account.roles.includes('admin') && !account.disabled;
  return {
    roles,
    disabled,
    changes: !sameRoles || disabled !== account.disabled,
    endsSessions: lost.length > 0 || disabled,
    takesAdmin: wasAdmin && (disabled || !roles.includes('admin')),
  };
}
