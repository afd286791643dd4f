import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Operation } from '@shopstack/contracts/operation';
import * as operations from '@shopstack/contracts/user';
import { createLogger } from '@shopstack/kit/log';
import { uuidv7 } from '@shopstack/kit/uuid';
import { bearer, createTestIssuer } from '@shopstack/testkit/tokens';
import { PASSWORD, type Service, startService } from './service.ts';

const lines: string[] = [];
let service: Service;
beforeAll(async () => {
  const log = createLogger({ service: 'user', level: 'trace' }, { write: (line) => void lines.push(line) });
  service = await startService({ log });
});
afterAll(() => service.close());

const isOperation = (it: unknown): it is Operation =>
  it !== null && typeof it === 'object' && 'policy' in it && 'path' in it;
const all = Object.values<unknown>(operations).filter(isOperation);
const call = (it: Operation) => {
  const path = it.path.replace('{id}', uuidv7());
  return service.http[it.method](path).set('if-match', '"1"');
};

describe('every operation of the contract', () => {
  test('is mounted', async () => {
    const { body } = await service.http.get('/openapi.json').expect(200);
    const mounted = Object.values(body.paths).flatMap((path) =>
      Object.values(path as Record<string, { operationId: string }>).map((it) => it.operationId),
    );
    expect(mounted.sort()).toEqual(all.map((it) => it.id).sort());
  });

  const guarded = all.filter((it) => !['anyone', 'internal'].includes(it.policy.kind));
  test.each(guarded.map((it) => [it.id, it] as const))('%s wants a good token of ours', async (_id, it) => {
    const person = await service.join();
    await service.http.delete('/sessions/current').set('cookie', person.refresh).expect(204);
    const foreign = createTestIssuer().token({ roles: ['admin'] });
    const bad = [{}, bearer('x'), bearer(foreign), person.auth, { authorization: 'Basic eDp5' }];
    for (const headers of bad) {
      const reply = await call(it).set(headers);
      expect(reply.status).toBe(401);
      expect(reply.headers['www-authenticate']).toBe('Bearer');
    }
  });

  const withBody = all.filter((it) => it.body && it.id !== 'endUserSessions');
  test.each(withBody.map((it) => [it.id, it] as const))(
    '%s refuses bodies that are none',
    async (_id, it) => {
      const admin = await service.joinAs('admin');
      const send = (type: string, body: string) =>
        call(it).set(admin.auth).set('content-type', type).send(body);
      expect((await send('application/json', '{"')).status).toBe(400);
      expect((await send('application/json', '{"unknown":1}')).status).toBe(422);
      expect((await send('application/json', '[]')).status).toBe(422);
      expect((await send('application/json', 'null')).status).toBe(422);
      expect((await send('application/json', `{"a":${'['.repeat(30)}${']'.repeat(30)}}`)).status).toBe(422);
      expect((await send('application/json', `{"a":"${'x'.repeat(110_000)}"}`)).status).toBe(413);
      expect((await send('text/plain', '{}')).status).toBe(415);
    },
  );
});

test('no log line tells who somebody is or what they keep secret', async () => {
  const canary = 'canary9f3a';
  const email = `${canary}@shop.test`;
  const password = `${canary} is long enough`;
  await service.http
    .post('/users')
    .send({ email, password, name: `${canary} Name` })
    .expect(201);
  await service.http
    .post('/users')
    .send({ email, password, name: `${canary} Name` })
    .expect(409);
  await service.http
    .post('/sessions')
    .send({ email, password: `${canary} wrong` })
    .expect(401);
  const person = await service.signIn(email, password);
  const home = {
    name: canary,
    line1: canary,
    city: canary,
    postcode: canary,
    country: 'DE',
    phone: '+49 30 1234567',
  };
  await service.http.post('/users/me/addresses').set(person.auth).send(home).expect(201);
  await service.http
    .post('/users/me/addresses')
    .set(person.auth)
    .send({ ...home, [canary]: canary })
    .expect(422);
  await service.http.get(`/users?q=${canary}`).set(person.auth).expect(403);
  await service.http
    .post('/sessions/refresh')
    .set({ cookie: person.refresh, origin: `http://${canary}.test` });
  await service.http.post('/sessions/refresh').set('cookie', person.refresh).expect(200);
  await service.direct
    .collection('sessions')
    .updateOne({ userId: person.id }, { $set: { 'used.0.at': new Date(0) } });
  await service.http.post('/sessions/refresh').set('cookie', person.refresh).expect(401);
  const text = lines.join('');
  expect(text).toContain('refresh token reused');
  for (const secret of [
    canary,
    PASSWORD,
    person.token,
    person.refresh.slice(8),
    person.device.slice(7),
    '1234567',
  ])
    expect(text).not.toContain(secret);
  expect(text).toContain('"route":"/users"');
});
