import { z } from 'zod';
import { operation } from './operation.ts';
import { OrderSummary } from './order.ts';
import { Address, Email, Empty, Id, PageQuery, page, Time, text } from './primitives.ts';
import { anyone, internal, Role, roles, signedIn } from './roles.ts';

const Password = z.string().min(8).max(128);
export const User = z.object({
  id: Id,
  email: z.string(),
  name: z.string(),
  roles: z.array(Role),
  locale: z.string().optional(),
  emailVerified: z.boolean(),
  disabled: z.boolean(),
  version: z.int(),
  createdAt: Time,
});
export type User = z.infer<typeof User>;
export const SavedAddress = Address.extend({ id: Id, isDefault: z.boolean(), version: z.int() }).strip();
export type SavedAddress = z.infer<typeof SavedAddress>;
const AddressInput = Address.extend({ isDefault: z.boolean().default(false) });
export const Session = z.object({
  id: Id,
  createdAt: Time,
  lastUsedAt: Time,
  current: z.boolean(),
  device: z.string(),
});
const SignedIn = z.object({ accessToken: z.string(), expiresInSeconds: z.int(), user: User });
const byId = z.strictObject({ id: Id });

export const register = operation({
  id: 'register',
  method: 'post',
  path: '/users',
  policy: anyone,
  summary: 'Open an account',
  body: z.strictObject({ email: Email, password: Password, name: text(120) }),
  answers: { 201: User },
  problems: ['email-taken', 'password-too-common', 'too-many-requests'],
});
export const signIn = operation({
  id: 'signIn',
  method: 'post',
  path: '/sessions',
  policy: anyone,
  summary: 'Sign in; the refresh token travels in a cookie only',
  body: z.strictObject({ email: Email, password: z.string().min(1).max(128) }),
  answers: { 201: SignedIn },
  problems: ['sign-in-failed', 'account-disabled', 'too-many-requests'],
});
export const refreshSession = operation({
  id: 'refreshSession',
  method: 'post',
  path: '/sessions/refresh',
  policy: anyone,
  summary: 'Exchange the refresh cookie for a new access token; a used cookie ends the whole session family',
  answers: { 200: SignedIn },
  problems: ['refresh-rejected', 'origin-rejected'],
});
export const signOut = operation({
  id: 'signOut',
  method: 'delete',
  path: '/sessions/current',
  policy: anyone,
  summary: 'End this session and clear the cookie',
  answers: { 204: null },
  problems: ['origin-rejected'],
});
export const listSessions = operation({
  id: 'listSessions',
  method: 'get',
  path: '/sessions',
  policy: signedIn,
  summary: 'Where the account is signed in',
  query: PageQuery,
  answers: { 200: page(Session) },
});
export const endSession = operation({
  id: 'endSession',
  method: 'delete',
  path: '/sessions/{id}',
  policy: signedIn,
  summary: 'End another session',
  params: byId,
  answers: { 204: null },
});
export const getMe = operation({
  id: 'getMe',
  method: 'get',
  path: '/users/me',
  policy: signedIn,
  summary: 'The signed-in user',
  answers: { 200: User },
});
export const patchMe = operation({
  id: 'patchMe',
  method: 'patch',
  path: '/users/me',
  policy: signedIn,
  summary: 'Change name or locale',
  body: z.strictObject({ name: text(120).optional(), locale: z.enum(['en', 'de']).optional() }),
  answers: { 200: User },
  ifMatch: 'required',
});
export const changePassword = operation({
  id: 'changePassword',
  method: 'put',
  path: '/users/me/password',
  policy: signedIn,
  summary: 'Change the password; every other session ends',
  body: z.strictObject({ currentPassword: z.string().min(1).max(128), newPassword: Password }),
  answers: { 204: null },
  problems: ['password-wrong', 'password-too-common', 'too-many-requests'],
});
export const listAddresses = operation({
  id: 'listAddresses',
  method: 'get',
  path: '/users/me/addresses',
  policy: signedIn,
  summary: 'Saved addresses',
  query: PageQuery,
  answers: { 200: page(SavedAddress) },
});
export const addAddress = operation({
  id: 'addAddress',
  method: 'post',
  path: '/users/me/addresses',
  policy: signedIn,
  summary: 'Save an address',
  body: AddressInput,
  answers: { 201: SavedAddress },
});
export const replaceAddress = operation({
  id: 'replaceAddress',
  method: 'put',
  path: '/users/me/addresses/{id}',
  policy: signedIn,
  summary: 'Replace a saved address',
  params: byId,
  body: AddressInput,
  answers: { 200: SavedAddress },
  ifMatch: 'required',
});
export const removeAddress = operation({
  id: 'removeAddress',
  method: 'delete',
  path: '/users/me/addresses/{id}',
  policy: signedIn,
  summary: 'Forget a saved address',
  params: byId,
  answers: { 204: null },
  ifMatch: 'required',
});
export const listMyOrders = operation({
  id: 'listMyOrders',
  method: 'get',
  path: '/users/me/orders',
  policy: signedIn,
  summary: 'Order history, newest first',
  query: PageQuery,
  answers: { 200: page(OrderSummary) },
});
export const getJwks = operation({
  id: 'getJwks',
  method: 'get',
  path: '/.well-known/jwks.json',
  policy: anyone,
  summary: 'The public keys that access tokens are signed with',
  answers: { 200: z.object({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.string() })) }) },
});
/** Session ids ended in the last ten minutes (an access token's life): every service polls this. */
export const listEndedSessions = operation({
  id: 'listEndedSessions',
  method: 'get',
  path: '/internal/ended-sessions',
  policy: internal,
  summary: 'Sessions whose access tokens must be refused',
  answers: { 200: z.object({ sids: z.array(z.string()) }) },
});
export const listUsers = operation({
  id: 'listUsers',
  method: 'get',
  path: '/users',
  policy: roles('admin'),
  summary: 'Find users by e-mail or name',
  query: PageQuery.extend({ q: text(120).optional() }),
  answers: { 200: page(User) },
});
export const patchUser = operation({
  id: 'patchUser',
  method: 'patch',
  path: '/users/{id}',
  policy: roles('admin'),
  params: byId,
  summary: 'Change roles or disable; disabling ends all sessions',
  body: z.strictObject({ roles: z.array(Role).min(1).max(4).optional(), disabled: z.boolean().optional() }),
  answers: { 200: User },
  ifMatch: 'required',
});
export const endUserSessions = operation({
  id: 'endUserSessions',
  method: 'delete',
  path: '/users/{id}/sessions',
  policy: roles('admin'),
  params: byId,
  summary: 'Sign a user out everywhere',
  body: Empty.optional(),
  answers: { 204: null },
});
