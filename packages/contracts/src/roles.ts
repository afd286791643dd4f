import { z } from 'zod';

export const Role = z.enum(['customer', 'support', 'merchandiser', 'admin']);
export type Role = z.infer<typeof Role>;

/**
 * Who may call an operation. Declared beside its schemas; kit enforces it before anything is read from a store.
 * - `anyone`: no credentials are looked at.
 * - `shopper`: a signed-in user, or a guest (cookie or nothing). A bad token is still 401.
 * - `signed-in`: a valid access token.
 * - `follower`: a valid access token, or a guest who shows the order's `Follow-Token`. The service decides whose it is.
 * - `roles`: a valid access token with one of the roles (admin always passes), or the named partner's key.
 * - `internal`: other services; the gateway never forwards it.
 * - `webhook`: a provider; the service verifies the signature on the raw body.
 */
export type Policy =
  | { kind: 'anyone' }
  | { kind: 'shopper' }
  | { kind: 'signed-in' }
  | { kind: 'follower' }
  | { kind: 'roles'; roles: readonly Role[]; partner?: string }
  | { kind: 'internal' }
  | { kind: 'webhook' };

export const anyone: Policy = { kind: 'anyone' };
export const shopper: Policy = { kind: 'shopper' };
export const signedIn: Policy = { kind: 'signed-in' };
export const follower: Policy = { kind: 'follower' };
export const internal: Policy = { kind: 'internal' };
export const webhook: Policy = { kind: 'webhook' };
export const roles = (...allowed: readonly Role[]): Policy => ({ kind: 'roles', roles: allowed });
export const rolesOrPartner = (partner: string, ...allowed: readonly Role[]): Policy => ({
  kind: 'roles',
  roles: allowed,
  partner,
});
