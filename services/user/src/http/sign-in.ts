import type { Reply } from '@shopstack/contracts/operation';
import { type refreshSession, signIn } from '@shopstack/contracts/user';
import { type Api, created } from '@shopstack/kit/api';
import type { Logger } from '@shopstack/kit/log';
import { problem } from '@shopstack/kit/problem';
import { uuidv7 } from '@shopstack/kit/uuid';
import type { Request } from 'express';
import { ACCESS_TOKEN_SECONDS, signAccessToken } from '../crypto/access-tokens.ts';
import type { DeviceCookies } from '../crypto/device-cookies.ts';
import type { KeyRing } from '../crypto/key-ring.ts';
import type { Passwords } from '../crypto/passwords.ts';
import { hashToken, type RefreshTokens } from '../crypto/refresh-tokens.ts';
import { type Account, toUser } from '../domain/account.ts';
import { describeDevice } from '../domain/device.ts';
import { emailKey } from '../domain/email.ts';
import { networkOf } from '../domain/waiting.ts';
import type { Sessions } from '../store/sessions.ts';
import type { Subject, Throttle } from '../store/throttle.ts';
import type { Users } from '../store/users.ts';
import type { Cookies } from './cookies.ts';

export interface SignInDeps {
  users: Pick<Users, 'byEmail' | 'byId'>;
  sessions: Sessions;
  throttle: Pick<Throttle, 'guard'>;
  passwords: Pick<Passwords, 'verify'>;
  refreshTokens: RefreshTokens;
  devices: DeviceCookies;
  ring: Pick<KeyRing, 'signing'>;
  cookies: Cookies;
  /** A name for logs and counters in place of what it stands for. */
  pseudonymOf: (text: string) => string;
  log: Logger;
  issuer: string;
  publicPath: string;
}
export const unstored = { 'cache-control': 'no-store' };

export function signIns(api: Api, deps: SignInDeps): void {
  api.on(signIn, async ({ body, req, res }) => {
    const key = emailKey(body.email);
    const device = deps.devices.read(deps.cookies.device(req), key, new Date());
    const account = await deps.throttle.guard(subjects(deps, key, device, req), async () => {
      const found = await deps.users.byEmail(key);
      const right = await deps.passwords.verify(found?.passwordHash, body.password);
      return right && found ? found : undefined;
    });
    if (!account) {
      deps.log.info({ account: deps.pseudonymOf(key) }, 'sign-in failed');
      throw problem('sign-in-failed');
    }
    if (account.disabled) throw problem('account-disabled');

    await endFormer(deps, req);
    const { sid, token, expiresAt } = await beginSession(deps, account, req.get('user-agent'));
    deps.log.info({ userId: account._id, sid }, 'signed in');
    deps.cookies.setRefresh(res, token, expiresAt);
    deps.cookies.setDevice(res, deps.devices.issue(key, new Date(), device));
    return created(`${deps.publicPath}/sessions/${sid}`, signedIn(deps, account, sid), unstored);
  });
}

/** Failures on a device that its owner used before are counted for that device alone. */
function subjects(
  { pseudonymOf }: SignInDeps,
  key: string,
  device: string | undefined,
  req: Request,
): Subject[] {
  const account = pseudonymOf(key);
  if (device !== undefined) return [{ kind: 'device', name: `${device}:${account}` }];
  return [
    { kind: 'account', name: account },
    { kind: 'address', name: pseudonymOf(networkOf(req.ip ?? '')) },
  ];
}

/** The browser forgets the cookie of the session it had. */
async function endFormer({ refreshTokens, cookies, sessions }: SignInDeps, req: Request): Promise<void> {
  const former = refreshTokens.read(cookies.refresh(req) ?? '');
  if (former) await sessions.end(former.sid);
}

/** @throws Problem `sign-in-failed` when the account was disabled or its password changed meanwhile. */
async function beginSession(
  { sessions, users, refreshTokens }: SignInDeps,
  account: Account,
  userAgent: string | undefined,
) {
  const sid = uuidv7();
  const token = refreshTokens.issue(sid);
  const { expiresAt } = await sessions.begin({
    _id: sid,
    userId: account._id,
    epoch: account.epoch,
    device: describeDevice(userAgent),
    tokenHash: hashToken(token),
  });
  // Read again only now: whoever ends the account's sessions from here on finds this one.
  const present = await users.byId(account._id);
  if (present?.epoch === account.epoch && !present.disabled) return { sid, token, expiresAt };
  await sessions.end(sid);
  throw problem('sign-in-failed');
}

/** What a browser gets to work with until the next refresh. */
export function signedIn(
  { ring, issuer }: Pick<SignInDeps, 'ring' | 'issuer'>,
  account: Account,
  sid: string,
): Reply<typeof refreshSession> {
  const claims = { issuer, userId: account._id, roles: account.roles, sid };
  return {
    accessToken: signAccessToken(ring.signing(), claims),
    expiresInSeconds: ACCESS_TOKEN_SECONDS,
    user: toUser(account),
  };
}
