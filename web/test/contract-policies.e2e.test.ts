import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Role } from '@shopstack/contracts/roles';
import { eventually } from '@shopstack/testkit/eventually';
import { ask, type Credentials, inTurns } from './contract/asking.ts';
import { ensureAudit } from './contract/backstage.ts';
import { forge } from './contract/forgeries.ts';
import { allServed } from './contract/operations.ts';
import { bearer, decideRights, newPerson, type Person, sampleAdmin, secret } from './contract/people.ts';
import { type Access, nothing, type Row, type Scene, setScene } from './contract/row.ts';
import { rowOf, rows } from './contract/rows.ts';

const ids = allServed.map(({ operation }) => operation.id);
const roleNames: readonly Role[] = ['customer', 'support', 'merchandiser', 'admin'];
interface Caller {
  credentials: Credentials;
  /** Nobody, somebody with nothing good, a partner, or a person with a role. */
  is: 'guest' | 'follower' | 'refused' | 'carrier' | Role;
}
let scene: Scene;
const callers = new Map<string, Caller>();

beforeAll(async () => {
  const admin = await sampleAdmin();
  scene = await setScene(admin);
  await ensureAudit(admin);
  const people = await inTurns(roleNames, 2, async (role) =>
    newPerson(`${role} of the matrix`, admin, [role]),
  );
  const refused = (name: string, credentials: Credentials) =>
    callers.set(name, { credentials, is: 'refused' });
  callers.set('nobody', { credentials: {}, is: 'guest' });
  callers.set('a made-up follow token', { credentials: { 'follow-token': 'x'.repeat(43) }, is: 'follower' });
  callers.set('the carrier', { credentials: bearer(secret('simulators.carrier.callback')), is: 'carrier' });
  for (const [index, role] of roleNames.entries())
    callers.set(role, { credentials: people[index]?.credentials ?? {}, is: role });
  const newest = people.at(-1) ?? admin;
  for (const [name, token] of Object.entries(await forge(newest.token))) refused(name, bearer(token));
  refused('a refresh token', bearer(newest.refreshCookie.replace('refresh=', '')));
  refused('another scheme', { authorization: 'Basic YWRtaW46YWRtaW4=' });
  refused('an empty token', { authorization: 'Bearer ' });
  refused('a disabled admin', (await disabledAdmin(admin)).credentials);
}, 60_000);

/** An admin whose account was closed while the access token is still valid. */
async function disabledAdmin(admin: Person): Promise<Person> {
  const person = await newPerson('Dana Disabled', admin, ['admin']);
  const me = await ask('getMe', {}, person.credentials);
  const version = Number(me.headers.get('etag')?.replaceAll('"', ''));
  await decideRights(admin, { id: person.id, version }, { disabled: true });
  return person;
}

const open: readonly Access[] = ['anyone', 'nobody', 'signature'];
const withoutToken: Readonly<Record<string, readonly Access[]>> = {
  guest: ['shopper'],
  follower: ['shopper', 'follower'],
  refused: [],
  carrier: [],
};
const isForCarrier = (access: Access) => typeof access === 'object' && access.partner === 'carrier';

/** What the row says about a caller. */
function expected({ access, answer }: Row, { is }: Caller): number | string {
  if (open.includes(access)) return answer;
  const allowed = withoutToken[is];
  if (allowed) {
    const enters = allowed.includes(access) || (is === 'carrier' && isForCarrier(access));
    return enters ? answer : 'unauthenticated';
  }
  const enters = typeof access !== 'object' || is === 'admin' || access.roles.some((role) => role === is);
  return enters ? answer : 'forbidden';
}

test('every operation of the contracts has a row, and every row an operation', () => {
  expect(Object.keys(rows).toSorted()).toEqual(ids.toSorted());
  expect(new Set(ids).size).toBe(ids.length);
});

test('a closed account is refused by every service within five seconds', async () => {
  const credentials = callers.get('a disabled admin')?.credentials ?? {};
  const everywhere = ['getMe', 'exportProducts', 'getCart', 'listModeration', 'listOrders'];
  const byOrder = ['listPayments', 'listShipments'];
  await Promise.all(
    [...everywhere, ...byOrder].map((id) => {
      const query = byOrder.includes(id) ? { query: { orderId: nothing } } : {};
      return eventually(async () => (await ask(id, query, credentials)).status === 401, 5500);
    }),
  );
});

describe('who may', () => {
  test.each(ids)('%s', async (id) => {
    const row = rowOf(id);
    const cells = await inTurns([...callers], 4, async ([name, caller]) => {
      const asking = row.request?.(scene) ?? {};
      const { status, code } = await ask(id, asking, caller.credentials);
      return [name, code ?? status] as const;
    });
    const wanted = [...callers].map(([name, caller]) => [name, expected(row, caller)] as const);
    expect(Object.fromEntries(cells)).toEqual(Object.fromEntries(wanted));
  });
});
