import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';

const ITERATIONS = 15_000;
const KEY_BYTES = 32;

/** What the server keeps of a password: enough to check a proof, not to log in with. */
export interface Verifier {
  salt: Buffer;
  iterations: number;
  storedKey: Buffer;
  serverKey: Buffer;
}

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

export function createVerifier(password: string): Verifier {
  const salt = randomBytes(28);
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, ITERATIONS, KEY_BYTES, 'sha256');
  return {
    salt,
    iterations: ITERATIONS,
    storedKey: sha256(hmac(salted, 'Client Key')),
    serverKey: hmac(salted, 'Server Key'),
  };
}

/** A SCRAM-SHA-256 exchange (RFC 5802) after its first message. */
export interface Conversation {
  user: string;
  challenge: string;
  /** The server's last message, or undefined when the proof is wrong. */
  finish: (clientFinal: string) => string | undefined;
}

function attributes(message: string): Map<string, string> {
  return new Map(message.split(',').map((part): [string, string] => [part.slice(0, 1), part.slice(2)]));
}

/** Undefined when the message is malformed or the user unknown. */
export function beginConversation(
  clientFirst: string,
  verifierOf: (user: string) => Verifier | undefined,
): Conversation | undefined {
  if (!/^[ny],/.test(clientFirst)) return undefined;
  const bare = clientFirst.slice(clientFirst.indexOf(',', 2) + 1);
  const fields = attributes(bare);
  const user = fields.get('n')?.replaceAll('=2C', ',').replaceAll('=3D', '=');
  const clientNonce = fields.get('r');
  const verifier = user === undefined ? undefined : verifierOf(user);
  if (user === undefined || !clientNonce || !verifier) return undefined;
  const nonce = clientNonce + randomBytes(24).toString('base64');
  const challenge = `r=${nonce},s=${verifier.salt.toString('base64')},i=${verifier.iterations}`;
  return {
    user,
    challenge,
    finish: (clientFinal) => verify(clientFinal, { verifier, nonce, before: `${bare},${challenge}` }),
  };
}

function verify(
  clientFinal: string,
  { verifier, nonce, before }: { verifier: Verifier; nonce: string; before: string },
): string | undefined {
  const fields = attributes(clientFinal);
  const proof = Buffer.from(fields.get('p') ?? '', 'base64');
  if (fields.get('r') !== nonce || proof.length !== KEY_BYTES) return undefined;
  const authMessage = `${before},${clientFinal.slice(0, clientFinal.lastIndexOf(',p='))}`;
  const signature = hmac(verifier.storedKey, authMessage);
  const clientKey = Buffer.from(proof.map((byte, i) => byte ^ (signature[i] ?? 0)));
  if (!timingSafeEqual(sha256(clientKey), verifier.storedKey)) return undefined;
  return `v=${hmac(verifier.serverKey, authMessage).toString('base64')}`;
}
