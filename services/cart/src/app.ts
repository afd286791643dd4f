import { createServiceApp, type Platform } from '@shopstack/kit/api';
import type { Express } from 'express';
import { type CartDeps, cart } from './http/cart.ts';

export const createApp = (deps: CartDeps & { platform: Platform }): Express =>
  createServiceApp(deps.platform, (api) => cart(api, deps));
