import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Person, type Service, startService } from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const home = { name: 'Ada', line1: 'Road 1', city: 'Berlin', postcode: '10115', country: 'DE' };
const path = '/users/me/addresses';
const add = async (person: Person, more: object = {}) =>
  (
    await service.http
      .post(path)
      .set(person.auth)
      .send({ ...home, ...more })
      .expect(201)
  ).body;
const list = async (person: Person, query = '') =>
  (await service.http.get(`${path}${query}`).set(person.auth).expect(200)).body;

describe('saved addresses', () => {
  test('are added, replaced and removed, each with a version of its own', async () => {
    const person = await service.join();
    const reply = await service.http.post(path).set(person.auth).send(home).expect(201);
    const { id } = reply.body;
    expect(reply.body).toEqual({ ...home, id, isDefault: false, version: 1 });
    expect(reply.headers).toMatchObject({ etag: '"1"', location: `/api/v1/user${path}/${id}` });
    const put = (ifMatch: string | undefined, body: object) => {
      const it = service.http.put(`${path}/${id}`).set(person.auth);
      return (ifMatch === undefined ? it : it.set('if-match', ifMatch)).send(body);
    };
    await put(undefined, home).expect(428);
    await put('"9"', home).expect(412);
    const replaced = await put('"1"', { ...home, line2: 'back yard', isDefault: true }).expect(200);
    expect(replaced.body).toEqual({ ...home, line2: 'back yard', isDefault: true, id, version: 2 });
    expect(replaced.headers.etag).toBe('"2"');
    const remove = (ifMatch: string) =>
      service.http.delete(`${path}/${id}`).set(person.auth).set('if-match', ifMatch);
    await service.http.delete(`${path}/${id}`).set(person.auth).expect(428);
    await remove('"1"').expect(412);
    await remove('"2"').expect(204);
    await remove('"2"').expect(404);
    expect(await list(person)).toEqual({ items: [], next: null });
    expect((await service.http.get('/users/me').set(person.auth)).headers.etag).toBe('"1"');
  });

  test('one at most is the default', async () => {
    const person = await service.join();
    await add(person, { isDefault: true });
    await add(person, { isDefault: true });
    const { items } = await list(person);
    expect(items.map((it: { isDefault: boolean; version: number }) => [it.isDefault, it.version])).toEqual([
      [false, 2],
      [true, 1],
    ]);
  });

  test('of many added at the same moment none is lost', async () => {
    const person = await service.join();
    const replies = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        service.http
          .post(path)
          .set(person.auth)
          .send({ ...home, line1: `Road ${n}` }),
      ),
    );
    const saved = replies.filter((it) => it.status === 201).length;
    expect(replies.every((it) => it.status === 201 || it.status === 409)).toBe(true);
    expect((await list(person)).items).toHaveLength(saved);
    expect(saved).toBeGreaterThan(1);
  });

  test('are paged in the order they were added', async () => {
    const person = await service.join();
    for (const n of [1, 2, 3]) await add(person, { line1: `Road ${n}` });
    const first = await list(person, '?limit=2');
    const second = await list(person, `?limit=2&cursor=${first.next}`);
    const roads = [...first.items, ...second.items].map((it: { line1: string }) => it.line1);
    expect(roads).toEqual(['Road 1', 'Road 2', 'Road 3']);
    expect(second.next).toBeNull();
    await service.http.get(`${path}?cursor=made-up`).set(person.auth).expect(422);
    await service.http.get(`${path}?limit=101`).set(person.auth).expect(422);
  });

  test('somebody else’s address is not there', async () => {
    const victim = await service.join();
    const thief = await service.join();
    const { id } = await add(victim);
    const at = `${path}/${id}`;
    await service.http.put(at).set(thief.auth).set('if-match', '"1"').send(home).expect(404);
    await service.http.delete(at).set(thief.auth).set('if-match', '"1"').expect(404);
    expect((await list(thief)).items).toEqual([]);
    expect((await list(victim)).items).toHaveLength(1);
  });

  test('bad input saves nothing', async () => {
    const person = await service.join();
    const bad = [
      { id: 'x' },
      { version: 3 },
      { country: 'Germany' },
      { line1: '' },
      { line1: 'a\u0000b' },
      { city: {} },
    ];
    for (const more of bad)
      await service.http
        .post(path)
        .set(person.auth)
        .send({ ...home, ...more })
        .expect(422);
    await service.http.post(path).set(person.auth).type('text/plain').send('x').expect(415);
    await service.http.post(path).set(person.auth).type('json').send('{').expect(400);
    await service.http
      .post(path)
      .set(person.auth)
      .send({ ...home, line1: 'x'.repeat(110_000) })
      .expect(413);
    await service.http.post(path).send(home).expect(401);
    expect((await list(person)).items).toEqual([]);
  });
});
