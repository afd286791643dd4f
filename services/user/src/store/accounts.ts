import type { Connection } from 'mongoose';
import { openAddresses } from './addresses.ts';
import { createEndedSessions } from './ended-sessions.ts';
import { openLeases } from './leases.ts';
import { openOrders } from './orders.ts';
import { checkSchema, migrate } from './schema.ts';
import { openSessions, type SessionLimits } from './sessions.ts';
import { openSigningKeys } from './signing-keys.ts';
import { openUsers } from './users.ts';

/** Every collection of the users database. */
export function openAccounts(connection: Connection, limits: SessionLimits) {
  const ended = createEndedSessions();
  const users = openUsers(connection);
  const sessions = openSessions(connection, { limits, onEnded: ended.add });
  const orders = openOrders(connection);
  const signingKeys = openSigningKeys(connection);
  return {
    users,
    addresses: openAddresses(connection),
    sessions,
    ended,
    orders,
    signingKeys,
    leases: openLeases(connection),
    migrate: () => migrate(connection, [users, sessions, orders, signingKeys]),
    checkSchema: () => checkSchema(connection),
  };
}
export type Accounts = ReturnType<typeof openAccounts>;
