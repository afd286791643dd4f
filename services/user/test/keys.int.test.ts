import { createHmac, createPublicKey, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLogger } from '@shopstack/kit/log';
import { createVerifier } from '@shopstack/kit/token';
import { uuidv7 } from '@shopstack/kit/uuid';
import { openTestMongo, type TestStore } from '@shopstack/testkit/stores';
import jwt from 'jsonwebtoken';
import { signAccessToken } from '../src/crypto/access-tokens.ts';
import { type KeyRing, openKeyRing } from '../src/crypto/key-ring.ts';
import { openAccounts } from '../src/store/accounts.ts';
import { type Database, openDatabase } from '../src/store/database.ts';
import { PUBLIC_URL, type Service, startService } from './service.ts';

const DAY_MS = 24 * 3600_000;
const MINUTE_MS = 60_000;

describe('signing keys of several replicas', () => {
  const sealingKey = randomBytes(32);
  const log = createLogger({ service: 'user', level: 'silent' });
  let store: TestStore;
  let database: Database;
  let clock = Date.now();
  const open = (key = sealingKey): Promise<KeyRing> =>
    openKeyRing({
      keys: openAccounts(database.connection, { idleMs: 0, longestMs: 0 }).signingKeys,
      sealingKey: key,
      rotationMs: DAY_MS,
      log,
      now: () => new Date(clock),
    });
  const token = (ring: KeyRing) =>
    signAccessToken(ring.signing(), {
      issuer: PUBLIC_URL,
      userId: uuidv7(),
      roles: ['customer'],
      sid: uuidv7(),
    });
  const verifies = (ring: KeyRing, it: string) =>
    createVerifier({ issuer: PUBLIC_URL, keys: { key: ring.key, hasEnded: () => false } })(it).then(
      () => true,
      () => false,
    );

  beforeAll(async () => {
    store = await openTestMongo();
    database = await openDatabase(store.url);
    await openAccounts(database.connection, { idleMs: 0, longestMs: 0 }).migrate();
  });
  afterAll(async () => {
    await database.close();
    await store.close();
  });

  test('rotate without a moment in which a good token is refused', async () => {
    const replicas = await Promise.all([open(), open(), open()]);
    const [a, b, c] = replicas as [KeyRing, KeyRing, KeyRing];
    const refreshAll = () => Promise.all(replicas.map((it) => it.refresh()));
    const agree = () => new Set(replicas.map((it) => it.signing().kid)).size === 1;
    expect(agree()).toBe(true);
    expect(a.published()).toHaveLength(1);
    const first = a.signing().kid;
    const old = token(a);

    clock += DAY_MS - 15 * MINUTE_MS;
    await refreshAll();
    expect(replicas.map((it) => it.published().length)).toEqual([2, 2, 2]);
    expect(b.signing().kid).toBe(first);

    clock += 15 * MINUTE_MS;
    expect(agree()).toBe(true);
    expect(b.signing().kid).not.toBe(first);
    const fresh = token(b);
    expect(await Promise.all([verifies(c, fresh), verifies(c, old), verifies(a, fresh)])).toEqual([
      true,
      true,
      true,
    ]);

    clock += 20 * MINUTE_MS;
    await refreshAll();
    expect(replicas.map((it) => it.published().length)).toEqual([1, 1, 1]);
    expect(await verifies(a, old)).toBe(false);
    expect(await verifies(a, fresh)).toBe(true);
    expect(await database.connection.collection('signingKeys').countDocuments()).toBe(1);
    for (const it of replicas) it.close();
  });

  test('private keys are sealed in the store, and another JWT_KEK is told in one line', async () => {
    const ring = await open();
    const [record] = await database.connection.collection('signingKeys').find().toArray();
    const { d } = ring.signing().privateKey.export({ format: 'jwk' });
    const bytes = Buffer.from(String(record?.sealedPrivateKey), 'base64');
    expect(bytes.includes(Buffer.from(String(d), 'base64url'))).toBe(false);
    await expect(open(randomBytes(32))).rejects.toThrow('JWT_KEK does not open the signing keys');
    ring.close();
  });
});

describe('the key set', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.close());

  test('shows public keys only, and they verify what we sign', async () => {
    const reply = await service.http.get('/.well-known/jwks.json').expect(200);
    expect(reply.headers['cache-control']).toBe('public, max-age=60');
    const [key] = reply.body.keys;
    expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
    const person = await service.join();
    const publicKey = createPublicKey({ key, format: 'jwk' });
    expect(jwt.verify(person.token, publicKey, { algorithms: ['ES256'] })).toMatchObject({ sub: person.id });
  });

  test('forged tokens are refused by our own doors too', async () => {
    const person = await service.join();
    const { keys } = (await service.http.get('/.well-known/jwks.json')).body;
    const pem = createPublicKey({ key: keys[0], format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    const [header = '', payload = '', signature = ''] = person.token.split('.');
    const encode = (it: object) => Buffer.from(JSON.stringify(it)).toString('base64url');
    const hs = `${encode({ alg: 'HS256', typ: 'at+jwt', kid: keys[0].kid })}.${payload}`;
    const claims = jwt.decode(person.token) as jwt.JwtPayload;
    const own = service.ring.signing();
    const resign = (changed: object, typ = 'at+jwt') =>
      jwt.sign({ ...claims, ...changed }, own.privateKey, {
        algorithm: 'ES256',
        header: { alg: 'ES256', typ, kid: own.kid },
      });
    const bad = [
      `${encode({ alg: 'none', typ: 'at+jwt' })}.${payload}.`,
      `${hs}.${createHmac('sha256', pem).update(hs).digest('base64url')}`,
      `${header}.${encode({ ...claims, roles: ['admin'] })}.${signature}`,
      `${header}.${payload}.`,
      resign({ aud: 'another' }),
      resign({ iss: 'https://evil.test' }),
      resign({ exp: Math.floor(Date.now() / 1000) - 60 }),
      resign({}, 'JWT'),
    ];
    for (const it of bad)
      await service.http.get('/users/me').set('authorization', `Bearer ${it}`).expect(401);
    await service.http
      .get('/users/me')
      .set('authorization', `Bearer ${resign({})}`)
      .expect(200);
  });
});
