import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Accounts } from '../src/store/accounts.ts';
import { PASSWORD, type Person, type Service, startService } from './service.ts';

let service: Service;
let admin: Person;
beforeAll(async () => {
  service = await startService();
  admin = await service.joinAs('admin');
});
afterAll(() => service.close());

const code = (body: { type?: string }) => body.type?.replace('urn:shopstack:problem:', '');
const patch = (by: Person, id: string, body: object, ifMatch = '"1"') =>
  service.http.patch(`/users/${id}`).set(by.auth).set('if-match', ifMatch).send(body);
const find = async (q: string) =>
  (await service.http.get('/users').query({ q }).set(admin.auth).expect(200)).body.items.map(
    (it: { id: string }) => it.id,
  );

describe('finding users', () => {
  test('by the beginning of the address, the name or a word of the name', async () => {
    const email = service.freshEmail();
    const body = { email, password: PASSWORD, name: 'Grace Brewster Hopper' };
    const { id } = (await service.http.post('/users').send(body).expect(201)).body;
    for (const q of [email.slice(0, 8).toUpperCase(), email, 'grace b', 'HOPPER', 'brew'])
      expect(await find(q)).toContain(id);
    for (const q of ['opper', '.*', '$ne', '^grace', 'grace.brewster'])
      expect(await find(q)).not.toContain(id);
    const { version } = (await service.http.get('/users').query({ q: email }).set(admin.auth)).body.items[0];
    expect(version).toBe(1);
  });

  test('after a new name the old one finds nobody', async () => {
    const person = await service.join();
    const rename = service.http.patch('/users/me').set(person.auth).set('if-match', '"1"');
    await rename.send({ name: 'Augusta King' }).expect(200);
    expect(await find('augusta')).toContain(person.id);
    expect(await find('lovelace')).not.toContain(person.id);
  });

  test('page by page, everybody once', async () => {
    for (let n = 0; n < 5; n++) await service.register();
    const seen: string[] = [];
    let cursor = '';
    do {
      const query = { limit: 3, ...(cursor === '' ? {} : { cursor }) };
      const { body } = await service.http.get('/users').query(query).set(admin.auth).expect(200);
      expect(JSON.stringify(body)).not.toMatch(/passwordHash|searchKeys|outgoing|emailKey/);
      seen.push(...body.items.map((it: { id: string }) => it.id));
      cursor = body.next ?? '';
    } while (cursor !== '');
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(await service.direct.collection('users').countDocuments());
  });
});

describe('who may', () => {
  test.each(['customer', 'support', 'merchandiser'] as const)('a %s may not', async (role) => {
    const person = await service.joinAs(role);
    await service.http.get('/users').set(person.auth).expect(403);
    await patch(person, admin.id, { disabled: true }).expect(403);
    await service.http.delete(`/users/${admin.id}/sessions`).set(person.auth).expect(403);
  });

  test('nobody without a token', async () => {
    await service.http.get('/users').expect(401);
    await service.http.patch(`/users/${admin.id}`).send({ disabled: true }).expect(401);
    await service.http.delete(`/users/${admin.id}/sessions`).expect(401);
  });
});

describe('changing rights', () => {
  test('needs the version that was read, known roles and nothing else', async () => {
    const user = await service.register();
    await service.http.patch(`/users/${user.id}`).set(admin.auth).send({ disabled: true }).expect(428);
    await patch(admin, user.id, { disabled: true }, '"4"').expect(412);
    for (const body of [
      { roles: [] },
      { roles: ['root'] },
      { name: 'x' },
      { emailVerified: true },
      { disabled: 1 },
    ])
      await patch(admin, user.id, body).expect(422);
    await patch(admin, '0199d7a4-0000-7000-8000-000000000000', { disabled: true }).expect(404);
    expect((await service.accounts.users.byId(user.id))?.version).toBe(1);
  });

  test('a new role is in the next access token and ends nothing', async () => {
    const person = await service.join();
    const reply = await patch(admin, person.id, { roles: ['customer', 'merchandiser'] }).expect(200);
    expect(reply.body).toMatchObject({ roles: ['customer', 'merchandiser'], version: 2 });
    expect(reply.headers.etag).toBe('"2"');
    await service.http.get('/users/me').set(person.auth).expect(200);
    const refreshed = await service.http.post('/sessions/refresh').set('cookie', person.refresh).expect(200);
    expect(refreshed.body.user.roles).toEqual(['customer', 'merchandiser']);
  });

  test('a role that is taken ends the sessions that still have it', async () => {
    const person = await service.joinAs('customer', 'support');
    await patch(admin, person.id, { roles: ['customer'] }, '"2"').expect(200);
    await service.http.get('/users/me').set(person.auth).expect(401);
    await service.http.post('/sessions/refresh').set('cookie', person.refresh).expect(401);
    await service.signIn(person.email);
  });

  test('a disabled user is out at once and comes back when enabled', async () => {
    const person = await service.join();
    await patch(admin, person.id, { disabled: true }).expect(200);
    await service.http.get('/users/me').set(person.auth).expect(401);
    await service.http.post('/sessions/refresh').set('cookie', person.refresh).expect(401);
    const out = await service.http.post('/sessions').send({ email: person.email, password: PASSWORD });
    expect(code(out.body)).toBe('account-disabled');
    await patch(admin, person.id, { disabled: false }, '"2"').expect(200);
    await service.signIn(person.email);
    await service.http.get('/users/me').set(person.auth).expect(401);
  });

  test('an admin signs a user out everywhere', async () => {
    const person = await service.join();
    const other = await service.signIn(person.email);
    await service.http.delete(`/users/${person.id}/sessions`).set(admin.auth).expect(204);
    for (const it of [person, other]) {
      await service.http.get('/users/me').set(it.auth).expect(401);
      await service.http.post('/sessions/refresh').set('cookie', it.refresh).expect(401);
    }
    await service.http
      .delete('/users/0199d7a4-0000-7000-8000-000000000000/sessions')
      .set(admin.auth)
      .expect(404);
    await service.signIn(person.email);
  });
});

describe('the last admin', () => {
  test('stays one, also when two take each other’s rights at the same moment', async () => {
    const slowly = (real: Accounts): Accounts => ({
      ...real,
      users: {
        ...real.users,
        countOtherAdmins: async (id) => {
          const count = await real.users.countOtherAdmins(id);
          await sleep(100);
          return count;
        },
      },
    });
    const alone = await startService({ accounts: slowly });
    try {
      const [one, two] = [await alone.joinAs('admin'), await alone.joinAs('admin')];
      const demote = (by: Person, whom: Person, ifMatch = '"2"') =>
        alone.http
          .patch(`/users/${whom.id}`)
          .set({ ...by.auth, 'if-match': ifMatch })
          .send({ roles: ['customer'] });
      const replies = await Promise.all([demote(one, two), demote(two, one)]);
      expect(replies.filter((it) => it.status === 200)).toHaveLength(1);
      expect(await alone.direct.collection('users').countDocuments({ roles: 'admin' })).toBe(1);

      const left = replies[0]?.status === 200 ? one : two;
      const again = await alone.signIn(left.email);
      const refused = await demote(again, again).expect(422);
      expect(refused.body.errors).toEqual([expect.objectContaining({ pointer: '/roles' })]);
      await alone.http
        .patch(`/users/${left.id}`)
        .set({ ...again.auth, 'if-match': '"2"' })
        .send({ disabled: true })
        .expect(422);
      await alone.http.get('/users/me').set(again.auth).expect(200);
    } finally {
      await alone.close();
    }
  });
});
