import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Logger } from '@shopstack/kit/log';
import { problem } from '@shopstack/kit/problem';
import { calculateJwkThumbprint, exportJWK, type JWK } from 'jose';
import { type ScheduledKey, scheduleKeys } from '../domain/key-schedule.ts';
import type { SigningKeyRecord, SigningKeys } from '../store/signing-keys.ts';
import { seal, unseal } from './sealed.ts';

const REFRESH_MS = 30_000;
/** A token with an unknown key may be signed with a new one: look again, but not for every forged token. */
const LOOK_AGAIN_MS = 5000;

export interface SigningKey extends ScheduledKey {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
  jwk: JWK;
}

/**
 * The keys that sign and verify access tokens, shared by all replicas through the store. Every replica may make the
 * next key; only one of them succeeds. Without the store the keys last read go on working.
 */
export async function openKeyRing(options: {
  keys: SigningKeys;
  sealingKey: Buffer;
  rotationMs: number;
  log: Logger;
  now?: () => Date;
}) {
  const { keys, sealingKey, rotationMs, log } = options;
  const now = options.now ?? (() => new Date());
  const known = new Map<string, SigningKey>();
  let readAt = 0;

  const remember = async (records: SigningKeyRecord[]) => {
    const shown = new Set(records.map((it) => it._id));
    for (const kid of known.keys()) if (!shown.has(kid)) known.delete(kid);
    for (const it of records) if (!known.has(it._id)) known.set(it._id, await openKey(sealingKey, it));
    readAt = Date.now();
  };
  const schedule = () => scheduleKeys([...known.values()], { now: now(), rotationMs });

  async function refresh(): Promise<void> {
    await remember(await keys.all());
    const { next, retired } = schedule();
    if (next) {
      const made = await makeKey(sealingKey, next);
      if (await keys.add(made)) log.info({ kid: made._id, signsFrom: made.signsFrom }, 'signing key made');
    }
    if (retired.length > 0) await keys.remove(retired.map((it) => it.kid));
    if (next || retired.length > 0) await remember(await keys.all());
  }

  await refresh();
  const timer = setInterval(() => {
    refresh().catch((error: unknown) => log.warn({ err: error }, 'signing keys are as last read'));
  }, REFRESH_MS);
  timer.unref();

  return {
    refresh,
    /** The key that signs now. */
    signing(): SigningKey {
      const { signing } = schedule();
      if (!signing) throw problem('unavailable', 'There is no signing key.');
      return signing;
    },
    /** The public key set. */
    published: (): JWK[] =>
      schedule().published.map((it) => ({ ...it.jwk, kid: it.kid, alg: 'ES256', use: 'sig' })),
    async key(kid: string): Promise<KeyObject | undefined> {
      if (!known.has(kid) && Date.now() - readAt > LOOK_AGAIN_MS) await refresh();
      return schedule().published.find((it) => it.kid === kid)?.publicKey;
    },
    close: () => clearInterval(timer),
  };
}
export type KeyRing = Awaited<ReturnType<typeof openKeyRing>>;

async function makeKey(sealingKey: Buffer, next: ScheduledKey): Promise<SigningKeyRecord> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const kid = await calculateJwkThumbprint(await exportJWK(createPublicKey(privateKey)));
  const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
  return { _id: kid, ...next, sealedPrivateKey: seal(sealingKey, pkcs8, kid), createdAt: new Date() };
}

async function openKey(sealingKey: Buffer, it: SigningKeyRecord): Promise<SigningKey> {
  const privateKey = createPrivateKey({ key: unsealed(sealingKey, it), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  const { generation, signsFrom } = it;
  return { kid: it._id, generation, signsFrom, privateKey, publicKey, jwk: await exportJWK(publicKey) };
}

function unsealed(sealingKey: Buffer, it: SigningKeyRecord): Buffer {
  try {
    return unseal(sealingKey, it.sealedPrivateKey, it._id);
  } catch (cause) {
    throw new Error(
      'JWT_KEK does not open the signing keys in the store: it is not the one they were sealed with',
      {
        cause,
      },
    );
  }
}
