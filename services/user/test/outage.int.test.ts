import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@shopstack/testkit/eventually';
import { layCable } from './cable.ts';
import { PASSWORD, type Service, startService } from './service.ts';

const url = (name: 'MONGO' | 'REDIS') => process.env[`TEST_${name}_URL`] ?? '';
let cables: { mongo: Awaited<ReturnType<typeof layCable>>; redis: Awaited<ReturnType<typeof layCable>> };
let service: Service;
beforeAll(async () => {
  cables = { mongo: await layCable(url('MONGO')), redis: await layCable(url('REDIS')) };
  service = await startService({
    via: { mongo: cables.mongo.host, redis: cables.redis.host },
    limits: { patience: { account: { free: 3, firstWaitSeconds: 60, longestWaitSeconds: 60 } } },
  });
});
afterAll(async () => {
  await service.close();
  await cables.mongo.close();
  await cables.redis.close();
});

describe('while the account store is away', () => {
  test('every answer is 503 with Retry-After, sessions survive, and it recovers without a restart', async () => {
    const person = await service.join();
    cables.mongo.cut();
    const { http } = service;
    const replies = await Promise.all([
      http.get('/users/me').set(person.auth),
      http.patch('/users/me').set(person.auth).set('if-match', '"1"').send({ name: 'Lost' }),
      http.get('/users/me/addresses').set(person.auth),
      http.get('/users/me/orders').set(person.auth),
      http.get('/sessions').set(person.auth),
      http.post('/sessions').send({ email: person.email, password: PASSWORD }),
      http.post('/sessions/refresh').set('cookie', person.refresh),
      http.delete('/sessions/current').set('cookie', person.refresh),
      http.post('/users').send({ email: service.freshEmail(), password: PASSWORD, name: 'Ada' }),
      http.get('/internal/ended-sessions'),
      http.get('/health/ready'),
    ]);
    for (const reply of replies) {
      expect(reply.status).toBe(503);
      expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
      expect(reply.headers['set-cookie']).toBeUndefined();
    }
    await http.get('/.well-known/jwks.json').expect(200);
    await http.get('/users/me').expect(401);

    cables.mongo.mend();
    await eventually(() => http.get('/users/me').set(person.auth).expect(200));
    await http.get('/health/ready').expect(200);
    await http.post('/sessions/refresh').set('cookie', person.refresh).expect(200);
    expect((await http.get('/users/me').set(person.auth)).body.name).toBe('Ada Lovelace');
    await service.signIn(person.email);
  });
});

describe('while Redis is away', () => {
  test('people sign in, guesses are still counted, and it recovers', async () => {
    const person = await service.join();
    cables.redis.cut();
    const guess = async (email: string) =>
      (await service.http.post('/sessions').send({ email, password: 'not this one' })).status;
    const statuses: number[] = [];
    for (let n = 0; n < 6; n++) statuses.push(await guess(person.email));
    expect(statuses).toEqual([401, 401, 401, 401, 429, 429]);
    await service.signIn((await service.register()).email);

    cables.redis.mend();
    await eventually(async () => (await guess(person.email)) === 401);
  });
});
