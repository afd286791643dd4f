import type { Reply } from '@shopstack/contracts/operation';
import type { Address } from '@shopstack/contracts/primitives';
import type {
  listAddresses,
  listMyOrders,
  listSessions,
  SavedAddress,
  User,
} from '@shopstack/contracts/user';
import { http } from './client.ts';
import type { SignedIn } from './session.ts';

export interface Credentials {
  email: string;
  password: string;
}
export type AddressInput = Address & { isDefault: boolean };

export const registerUser = (body: Credentials & { name: string }) =>
  http.json<User>('POST', '/user/users', { body });
export const createSignIn = (body: Credentials) => http.json<SignedIn>('POST', '/user/sessions', { body });
export const endCurrentSession = () => http.nothing('DELETE', '/user/sessions/current', { auth: true });
export const fetchSessions = (signal?: AbortSignal) =>
  http.json<Reply<typeof listSessions>>('GET', '/user/sessions', { auth: true, signal });
export const endSession = (id: string) => http.nothing('DELETE', `/user/sessions/${id}`, { auth: true });
export const fetchMe = () => http.json<User>('GET', '/user/users/me', { auth: true });
export const patchMe = (body: { name?: string; locale?: 'en' | 'de' }, version: number) =>
  http.json<User>('PATCH', '/user/users/me', { auth: true, body, ifMatch: version });
export const changePassword = (body: { currentPassword: string; newPassword: string }) =>
  http.nothing('PUT', '/user/users/me/password', { auth: true, body });
export const fetchAddresses = (signal?: AbortSignal) =>
  http.json<Reply<typeof listAddresses>>('GET', '/user/users/me/addresses', { auth: true, signal });
export const addAddress = (body: AddressInput) =>
  http.json<SavedAddress>('POST', '/user/users/me/addresses', { auth: true, body });
export const replaceAddress = ({ id, version }: SavedAddress, body: AddressInput) =>
  http.json<SavedAddress>('PUT', `/user/users/me/addresses/${id}`, { auth: true, body, ifMatch: version });
export const removeAddress = ({ id, version }: SavedAddress) =>
  http.nothing('DELETE', `/user/users/me/addresses/${id}`, { auth: true, ifMatch: version });
export const fetchMyOrders = (cursor?: string) =>
  http.json<Reply<typeof listMyOrders>>('GET', '/user/users/me/orders', {
    auth: true,
    query: { limit: 10, cursor },
  });
