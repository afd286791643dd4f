import { existsSync } from 'node:fs';
import { createLayout } from '@shopstack/stack/layout';
import { mpesaAccount } from '@shopstack/stack/mpesa-access';
import { findRunningShop } from '@shopstack/stack/running-shop';
import { auditUrls } from '@shopstack/stack/server-urls';
import type { Settings } from '@shopstack/stack/settings';
import { createSurroundings } from '@shopstack/stack/shop';
import type { Surroundings } from '@shopstack/stack/surroundings';
import type { AuditAccess } from './access.ts';

/** The accounts for the shop that runs on this machine, if one does. Creates nothing. */
export function accessOfRunningShop({ dataDir }: Settings): AuditAccess | undefined {
  if (!existsSync(dataDir)) return undefined;
  const running = findRunningShop(createLayout(dataDir).stateFile);
  if (!running) return undefined;
  const { portBase, gatewayPort } = running;
  return accessOf(createSurroundings({ dataDir, portBase, gatewayPort }));
}

/** The accounts for a shop of the local stack. */
export function accessOf(at: Surroundings): AuditAccess {
  const { ports, secrets, outside } = at;
  const { MPESA_CONSUMER_KEY, MPESA_CONSUMER_SECRET } = mpesaAccount(at);
  const { mysql, mongo, redis, amqp } = auditUrls(ports, secrets, outside);
  return {
    mysqlUrl: mysql,
    mongoUrl: mongo,
    redisUrl: redis,
    amqpUrl: amqp,
    ledgers: [
      ledgerAt('card', ports('card'), secrets.password('simulators.card')),
      ...(outside.MPESA_URL
        ? []
        : [ledgerAt('mpesa', ports('mpesa'), `${MPESA_CONSUMER_KEY}:${MPESA_CONSUMER_SECRET}`)]),
    ],
  };
}

const ledgerAt = (name: string, port: number, key: string) => ({
  name,
  url: `http://127.0.0.1:${port}`,
  key,
});
