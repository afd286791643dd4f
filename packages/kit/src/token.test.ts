import { constants, createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { isProblem, problem } from './problem.ts';
import { createVerifier, type KeySource } from './token.ts';

const issuer = 'http://shop.test';
const ours = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const theirs = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const edwards = generateKeyPairSync('ed25519');
const curve = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).privateKey;
const publicPem = String(ours.publicKey.export({ type: 'spki', format: 'pem' }));
const theirJwk = theirs.publicKey.export({ format: 'jwk' });

const keys: KeySource = {
  key: async (kid) => (kid === 'k1' ? ours.publicKey : undefined),
  hasEnded: (sid) => sid === 'ended',
};
const verify = createVerifier({ issuer, keys });
const now = () => Math.floor(Date.now() / 1000);

type Part = Record<string, unknown>;
type Signer = (input: string) => Buffer;
const es = (key: KeyObject, hash = 'sha256'): Signer => {
  return (input) => sign(hash, Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
};
const byUs = es(ours.privateKey);
const hmac =
  (secret: string, hash = 'sha256'): Signer =>
  (input) =>
    createHmac(hash, secret).update(input).digest();
const header: Part = { alg: 'ES256', typ: 'at+jwt', kid: 'k1' };
const claims = (more: Part = {}): Part => ({
  iss: issuer,
  aud: 'shopstack',
  sub: '01890000-1234-7123-8123-123456789012',
  sid: 's1',
  jti: randomUUID(),
  roles: ['customer'],
  iat: now(),
  exp: now() + 600,
  ...more,
});
const encode = (part: unknown): string =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');
function make(changed: { header?: unknown; claims?: unknown; signer?: Signer } = {}): string {
  const input = `${encode(changed.header ?? header)}.${encode(changed.claims ?? claims())}`;
  return `${input}.${(changed.signer ?? byUs)(input).toString('base64url')}`;
}
const withHeader = (more: Part, signer?: Signer): string =>
  make({ header: { ...header, ...more }, ...(signer ? { signer } : {}) });
const withClaims = (more: Part): string => make({ claims: claims(more) });
const parts = (token: string): [string, string, string] => {
  const [head = '', payload = '', signature = ''] = token.split('.');
  return [head, payload, signature];
};
const [goodHead, goodPayload, goodSignature] = parts(make());
const rsaSigner: Signer = (input) => sign('sha256', Buffer.from(input), rsa.privateKey);
const pssSigner: Signer = (input) =>
  sign('sha256', Buffer.from(input), { key: rsa.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING });
const none: Signer = () => Buffer.alloc(0);

async function outcome(token: string): Promise<unknown> {
  try {
    return await verify(token);
  } catch (error) {
    return isProblem(error) ? error.code : error;
  }
}

const attacks: [string, string][] = [
  ['alg none without a signature', withHeader({ alg: 'none' }, none)],
  ['alg None', withHeader({ alg: 'None' }, none)],
  ['alg NONE with our signature', withHeader({ alg: 'NONE' })],
  ['alg empty', withHeader({ alg: '' })],
  ['alg missing', withHeader({ alg: undefined })],
  ['alg null', withHeader({ alg: null })],
  ['alg as a list', withHeader({ alg: ['ES256', 'none'] })],
  ['alg es256 in lower case', withHeader({ alg: 'es256' })],
  ['HS256 with the public key as the secret', withHeader({ alg: 'HS256' }, hmac(publicPem))],
  ['HS256 with the trimmed public key', withHeader({ alg: 'HS256' }, hmac(publicPem.trim()))],
  ['HS512 with the public key', withHeader({ alg: 'HS512' }, hmac(publicPem, 'sha512'))],
  ['HS256 with an empty secret', withHeader({ alg: 'HS256' }, hmac(''))],
  ['ES256 in the header over an HMAC', make({ signer: hmac(publicPem) })],
  ['RS256', withHeader({ alg: 'RS256' }, rsaSigner)],
  ['PS256', withHeader({ alg: 'PS256' }, pssSigner)],
  ['ES256 in the header over RSA', make({ signer: rsaSigner })],
  ['ES384', withHeader({ alg: 'ES384' }, es(curve('P-384'), 'sha384'))],
  ['ES512', withHeader({ alg: 'ES512' }, es(curve('P-521'), 'sha512'))],
  ['ES256K', withHeader({ alg: 'ES256K' }, es(curve('secp256k1')))],
  ['EdDSA', withHeader({ alg: 'EdDSA' }, (input) => sign(null, Buffer.from(input), edwards.privateKey))],
  ['ES384 with our key', withHeader({ alg: 'ES384' }, es(ours.privateKey, 'sha384'))],
  ['a DER signature', make({ signer: (input) => sign('sha256', Buffer.from(input), ours.privateKey) })],
  ['somebody else’s key', make({ signer: es(theirs.privateKey) })],
  ['a signature of zeros (CVE-2022-21449)', make({ signer: () => Buffer.alloc(64) })],
  ['typ JWT', withHeader({ typ: 'JWT' })],
  [
    'typ JWT over a payload that is not JSON',
    make({ header: { ...header, typ: 'JWT' }, claims: 'not json' }),
  ],
  ['typ missing', withHeader({ typ: undefined })],
  ['typ of a refresh token', withHeader({ typ: 'rt+jwt' })],
  ['typ AT+JWT', withHeader({ typ: 'AT+JWT' })],
  ['aud of another shop', withClaims({ aud: 'other' })],
  ['aud missing', withClaims({ aud: undefined })],
  ['aud as a prefix', withClaims({ aud: 'shopstack.evil' })],
  ['aud as an object', withClaims({ aud: { shopstack: true } })],
  ['iss of somebody else', withClaims({ iss: 'http://evil.test' })],
  ['iss missing', withClaims({ iss: undefined })],
  ['iss with a slash', withClaims({ iss: `${issuer}/` })],
  ['nbf in the future', withClaims({ nbf: now() + 60 })],
  ['nbf as text', withClaims({ nbf: 'now' })],
  ['no exp', withClaims({ exp: undefined })],
  ['exp as text', withClaims({ exp: String(now() + 600) })],
  ['exp null', withClaims({ exp: null })],
  ['no iat', withClaims({ iat: undefined })],
  ['no sub', withClaims({ sub: undefined })],
  ['sub not an id', withClaims({ sub: 'admin' })],
  ['sub an operator', withClaims({ sub: { $ne: null } })],
  ['no sid', withClaims({ sid: undefined })],
  ['sid empty', withClaims({ sid: '' })],
  ['no jti', withClaims({ jti: undefined })],
  ['roles missing', withClaims({ roles: undefined })],
  ['roles empty', withClaims({ roles: [] })],
  ['roles unknown', withClaims({ roles: ['root'] })],
  ['roles known and unknown', withClaims({ roles: ['customer', 'root'] })],
  ['roles as text', withClaims({ roles: 'admin' })],
  ['roles as an object', withClaims({ roles: { 0: 'admin', length: 1 } })],
  ['roles in capitals', withClaims({ roles: ['ADMIN'] })],
  ['kid missing', withHeader({ kid: undefined })],
  ['kid unknown', withHeader({ kid: 'k2' })],
  ['kid empty', withHeader({ kid: '' })],
  ['kid a path', withHeader({ kid: '../../../../dev/null' }, hmac(''))],
  ['kid a URL', withHeader({ kid: 'https://evil.test/k1' })],
  ['kid SQL', withHeader({ kid: "k1' union select 'x" })],
  ['kid __proto__', withHeader({ kid: '__proto__' })],
  ['kid constructor', withHeader({ kid: 'constructor' })],
  ['kid with a null byte', withHeader({ kid: 'k1\0' })],
  ['kid as a list', withHeader({ kid: ['k1'] })],
  ['kid very long', withHeader({ kid: 'k'.repeat(5000) })],
  ['kid in look-alike letters', withHeader({ kid: 'к1' })],
  ['crit', withHeader({ crit: ['exp'] })],
  ['crit with b64 false', withHeader({ crit: ['b64'], b64: false })],
  ['a jwk in the header', withHeader({ jwk: theirJwk }, es(theirs.privateKey))],
  ['a jku in the header', withHeader({ jku: 'https://evil.test/jwks' }, es(theirs.privateKey))],
  ['an x5u in the header', withHeader({ x5u: 'https://evil.test/x' }, es(theirs.privateKey))],
  ['an x5c in the header', withHeader({ x5c: [publicPem] }, es(theirs.privateKey))],
  ['signature stripped', `${goodHead}.${goodPayload}.`],
  ['signature and its dot stripped', `${goodHead}.${goodPayload}`],
  ['signature cut short', `${goodHead}.${goodPayload}.${goodSignature.slice(0, -4)}`],
  ['signature doubled', `${goodHead}.${goodPayload}.${goodSignature}${goodSignature}`],
  ['signature of another token', `${goodHead}.${goodPayload}.${parts(make())[2]}`],
  ['payload altered', `${goodHead}.${encode(claims({ roles: ['admin'] }))}.${goodSignature}`],
  ['header altered', `${encode({ ...header, extra: 1 })}.${goodPayload}.${goodSignature}`],
  ['payload empty', `${goodHead}..${goodSignature}`],
  ['header empty', `.${goodPayload}.${goodSignature}`],
  ['payload null', make({ claims: 'null' })],
  ['payload a list', make({ claims: [claims()] })],
  ['payload text', make({ claims: '"admin"' })],
  ['payload not JSON', make({ claims: '{"sub":' })],
  ['header null', make({ header: 'null' })],
  ['header a list', make({ header: [header] })],
  ['header not JSON', make({ header: '{' })],
  ['a refresh token', 'f3b1c0e58cc14d0b8e4f2c1a9d7e6b5a.4d0b8e4f2c1a9d7e'],
  ['two tokens', `${make()} ${make()}`],
  ['two tokens with a comma', `${make()},${make()}`],
  ['four parts', `${make()}.x`],
  ['five parts, encrypted', `${goodHead}.${goodPayload}.a.b.${goodSignature}`],
  ['only dots', '..'],
  ['empty', ''],
  ['very long', `${goodHead}.${'A'.repeat(1_000_000)}.${goodSignature}`],
  [
    'JSON serialisation',
    JSON.stringify({ protected: goodHead, payload: goodPayload, signature: goodSignature }),
  ],
  ['a null byte at the end', `${make()}\0`],
  ['a null byte inside', `${goodHead}.${goodPayload}\0.${goodSignature}`],
  ['a newline at the end', `${make()}\n`],
  ['full-width dots', make().replaceAll('.', '．')],
  ['letters outside the alphabet', `${goodHead}.${goodPayload}.${goodSignature}ﬀ`],
  ['padding', `${goodHead}.${goodPayload}.${goodSignature}==`],
  ['an ended session', withClaims({ sid: 'ended' })],
];

describe('an access token', () => {
  test('that is good names the user', async () => {
    expect(await verify(make())).toEqual({
      kind: 'user',
      id: '01890000-1234-7123-8123-123456789012',
      roles: ['customer'],
      sid: 's1',
    });
  });

  test('keys and addresses in the header of a good token are ignored', async () => {
    const token = withHeader({
      jwk: theirJwk,
      jku: 'https://evil.test',
      x5u: 'https://evil.test',
      x5c: ['x'],
    });
    expect(await outcome(token)).toMatchObject({ kind: 'user' });
  });

  test.each(attacks)('is refused: %s', async (_name, token) => {
    expect(await outcome(token)).toBe('unauthenticated');
  });

  test('has five seconds of leeway at its end and at its beginning', async () => {
    expect(await outcome(withClaims({ exp: now() - 3 }))).toMatchObject({ kind: 'user' });
    expect(await outcome(withClaims({ exp: now() - 7 }))).toBe('token-expired');
    expect(await outcome(withClaims({ exp: 0 }))).toBe('token-expired');
    expect(await outcome(withClaims({ nbf: now() + 3 }))).toMatchObject({ kind: 'user' });
  });

  test('that is forged and expired is not told apart by its claims', async () => {
    const token = make({ claims: claims({ exp: 0 }), signer: es(theirs.privateKey) });
    expect(await outcome(token)).toBe('unauthenticated');
  });

  test('is 503, not 401, while the keys cannot be known', async () => {
    const away = createVerifier({
      issuer,
      keys: { key: () => Promise.reject(problem('unavailable')), hasEnded: () => false },
    });
    await expect(away(make())).rejects.toMatchObject({ status: 503 });
  });
});
