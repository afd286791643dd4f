import { describe, expect, test } from '@jest/globals';
import type { Role } from '@shopstack/contracts/roles';
import { decideRights, toUser } from './account.ts';

const account = (roles: Role[], disabled = false) => ({ roles, disabled });

describe('changing rights', () => {
  test('a role that is given takes effect without ending sessions', () => {
    expect(decideRights(account(['customer']), { roles: ['customer', 'support'] })).toMatchObject({
      changes: true,
      endsSessions: false,
      takesAdmin: false,
    });
  });

  test('a role that is taken, or the account, ends sessions', () => {
    expect(decideRights(account(['customer', 'support']), { roles: ['customer'] }).endsSessions).toBe(true);
    expect(decideRights(account(['customer']), { disabled: true }).endsSessions).toBe(true);
    expect(decideRights(account(['customer'], true), { disabled: false }).endsSessions).toBe(false);
  });

  test('an admin is lost by demotion and by disabling, but not twice', () => {
    expect(decideRights(account(['admin']), { roles: ['customer'] }).takesAdmin).toBe(true);
    expect(decideRights(account(['admin']), { disabled: true }).takesAdmin).toBe(true);
    expect(decideRights(account(['admin'], true), { roles: ['customer'] }).takesAdmin).toBe(false);
    expect(decideRights(account(['admin']), { roles: ['admin', 'support'] }).takesAdmin).toBe(false);
  });

  test('what is so already changes nothing; a role counts once', () => {
    expect(
      decideRights(account(['support', 'customer']), { roles: ['customer', 'support', 'customer'] }),
    ).toEqual({
      roles: ['customer', 'support'],
      disabled: false,
      changes: false,
      endsSessions: false,
      takesAdmin: false,
    });
  });
});

test('secrets and bookkeeping stay inside', () => {
  const user = toUser({
    _id: '0199',
    email: 'Ada@Shop.Test',
    emailKey: 'ada@shop.test',
    name: 'Ada',
    roles: ['customer'],
    emailVerified: false,
    disabled: false,
    passwordHash: 'secret',
    version: 3,
    epoch: 7,
    addresses: [],
    createdAt: new Date('2026-11-22T00:00:00Z'),
  });
  expect(user).toEqual({
    id: '0199',
    email: 'Ada@Shop.Test',
    name: 'Ada',
    roles: ['customer'],
    emailVerified: false,
    disabled: false,
    version: 3,
    createdAt: '2026-11-22T00:00:00.000Z',
  });
});
