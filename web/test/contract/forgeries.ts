import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { z } from 'zod';
import { ask } from './asking.ts';

const Claims = z.looseObject({ exp: z.number(), iat: z.number() });
const Jwk = z.looseObject({ kid: z.string(), kty: z.string() });
const encode = (it: unknown) => Buffer.from(JSON.stringify(it)).toString('base64url');
const decode = (part: string | undefined): unknown =>
  JSON.parse(Buffer.from(part ?? '', 'base64url').toString());

/** Tokens made from a real one that every service must refuse. */
export async function forge(token: string): Promise<Record<string, string>> {
  const [head = '', payload = '', signature = ''] = token.split('.');
  const header = z.looseObject({ kid: z.string() }).parse(decode(head));
  const claims = Claims.parse(decode(payload));
  const ours = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signed = (top: unknown, content: unknown) => {
    const text = `${encode(top)}.${encode(content)}`;
    const made = sign('sha256', Buffer.from(text), { key: ours.privateKey, dsaEncoding: 'ieee-p1363' });
    return `${text}.${made.toString('base64url')}`;
  };
  const jwk = ours.publicKey.export({ format: 'jwk' });
  const keyText = `${encode({ ...header, alg: 'HS256' })}.${encode(claims)}`;
  const publicPem = await publicKeyOf(header.kid);
  return {
    'not a token': 'not-a-token',
    'signed by another key': signed(header, { ...claims, roles: ['admin'] }),
    'another key inside': signed({ ...header, jwk, jku: 'http://127.0.0.1:9/jwks.json' }, claims),
    'an unknown key': signed({ ...header, kid: '../../dev/null' }, claims),
    unsigned: `${encode({ ...header, alg: 'none' })}.${encode(claims)}.`,
    'signed with the public key': `${keyText}.${createHmac('sha256', publicPem).update(keyText).digest('base64url')}`,
    'longer valid': `${head}.${encode({ ...claims, exp: claims.exp + 86_400 })}.${signature}`,
    'already expired': `${head}.${encode({ ...claims, exp: claims.iat - 3600 })}.${signature}`,
    'without its signature': `${head}.${payload}.`,
  };
}

async function publicKeyOf(kid: string): Promise<string> {
  const { keys } = z.object({ keys: z.array(Jwk) }).parse((await ask('getJwks')).body);
  const key = keys.find((it) => it.kid === kid);
  if (!key) throw new Error('the token is signed with a key that is not published');
  return createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString();
}
