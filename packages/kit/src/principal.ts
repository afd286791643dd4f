import type { Role } from '@shopstack/contracts/roles';

/** Who calls. `user` has shown a valid access token, `partner` a key; a `guest` has shown neither. */
export type Principal =
  | { kind: 'user'; id: string; roles: readonly Role[]; sid: string }
  | { kind: 'partner'; name: string }
  | { kind: 'guest' };

export type UserPrincipal = Extract<Principal, { kind: 'user' }>;

/** Admins may do whatever a role may. */
export const hasRole = (principal: Principal, ...allowed: readonly Role[]): boolean =>
  principal.kind === 'user' && principal.roles.some((role) => role === 'admin' || allowed.includes(role));
