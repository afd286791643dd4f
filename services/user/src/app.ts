import { createServiceApp, type Platform } from '@shopstack/kit/api';
import type { Express } from 'express';
import type { DeviceCookies } from './crypto/device-cookies.ts';
import type { KeyRing } from './crypto/key-ring.ts';
import type { Passwords } from './crypto/passwords.ts';
import type { RefreshTokens } from './crypto/refresh-tokens.ts';
import { addresses } from './http/addresses.ts';
import { administration } from './http/administration.ts';
import { createCookies } from './http/cookies.ts';
import { keys } from './http/keys.ts';
import { orders } from './http/orders.ts';
import { sessions } from './http/sessions.ts';
import { signIns } from './http/sign-in.ts';
import { users } from './http/users.ts';
import type { Accounts } from './store/accounts.ts';
import type { Throttle } from './store/throttle.ts';

export interface Deps {
  platform: Platform;
  accounts: Accounts;
  ring: KeyRing;
  passwords: Passwords;
  refreshTokens: RefreshTokens;
  devices: DeviceCookies;
  throttle: Throttle;
  /** A name for logs and counters in place of what it stands for. */
  pseudonymOf: (text: string) => string;
  /** PUBLIC_URL: also the issuer of access tokens. */
  publicUrl: string;
  /** Whose X-Forwarded-For is believed, in Express's notation. */
  trustedProxies: string;
  /** Sends outgoing events soon. */
  wake: () => void;
}

export function createApp(deps: Deps): Express {
  const { accounts, platform } = deps;
  const { publicPath, log } = platform;
  const cookies = createCookies({ publicUrl: deps.publicUrl, publicPath });
  const all = { ...deps, ...accounts, cookies, publicPath, log, issuer: deps.publicUrl };
  const app = createServiceApp(platform, (api) => {
    users(api, all);
    signIns(api, all);
    sessions(api, all);
    addresses(api, all);
    orders(api, all);
    administration(api, all);
    keys(api, all);
  });
  app.set('trust proxy', deps.trustedProxies);
  return app;
}
