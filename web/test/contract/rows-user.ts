import { randomUUID } from 'node:crypto';
import { address, nothing, type Rows } from './row.ts';

const byId = { params: { id: nothing } };
const common = 'password123';

export const userRows: Rows = {
  register: {
    access: 'anyone',
    request: () => ({ body: { email: `${randomUUID()}@example.test`, password: common, name: 'Ada' } }),
    answer: 'password-too-common',
  },
  signIn: {
    access: 'anyone',
    request: ({ somebody: { email, password } }) => ({ body: { email, password } }),
    answer: 201,
  },
  refreshSession: { access: 'anyone', answer: 'refresh-rejected' },
  signOut: { access: 'anyone', answer: 204 },
  listSessions: { access: 'signed-in', answer: 200 },
  endSession: { access: 'signed-in', request: () => byId, answer: 'not-found' },
  getMe: { access: 'signed-in', answer: 200 },
  patchMe: {
    access: 'signed-in',
    request: () => ({ body: { name: 'Somebody Else' } }),
    answer: 'etag-stale',
  },
  changePassword: {
    access: 'signed-in',
    request: () => ({ body: { currentPassword: 'not this one', newPassword: common } }),
    answer: 'password-too-common',
  },
  listAddresses: { access: 'signed-in', answer: 200 },
  addAddress: { access: 'signed-in', request: () => ({ body: address }), answer: 201 },
  replaceAddress: {
    access: 'signed-in',
    request: () => ({ ...byId, body: { ...address, line1: 'Elsewhere 2' } }),
    answer: 'not-found',
  },
  removeAddress: { access: 'signed-in', request: () => byId, answer: 'not-found' },
  listMyOrders: { access: 'signed-in', answer: 200 },
  getJwks: { access: 'anyone', answer: 200 },
  listEndedSessions: { access: 'nobody', answer: 'not-found' },
  listUsers: { access: { roles: [] }, answer: 200 },
  patchUser: {
    access: { roles: [] },
    request: () => ({ ...byId, body: { roles: ['admin'], disabled: false } }),
    answer: 'not-found',
  },
  endUserSessions: { access: { roles: [] }, request: () => byId, answer: 'not-found' },
};
