import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../layout.ts';
import { mpesaAccount } from '../mpesa-access.ts';
import type { Part } from '../part.ts';
import { answersOk } from '../probes.ts';
import type { Surroundings } from '../surroundings.ts';
import { nodeCommand } from './node-command.ts';

/** The stand-ins for card provider, M-Pesa, carrier and mail server, in one process. */
export function simulatorsPart(at: Surroundings, overrides: Record<string, string> = {}): Part {
  const { ports, secrets, layout } = at;
  const file = join(repository, 'packages/simulators/src/main.ts');
  const port = ports('simulators');
  return {
    name: 'simulators',
    port,
    listens: [ports('card'), ports('mpesa'), ports('carrier'), ports('smtp'), port],
    needs: [],
    ...(existsSync(file) ? {} : { absent: 'packages/simulators has no src/main.ts' }),
    command: () =>
      nodeCommand(file, {
        layout,
        whenWeDie: 'SIGKILL',
        env: {
          SHOP_ENV: 'development',
          SIMULATORS_DATA_DIR: layout.folder('simulators'),
          SIMULATORS_BIND_ADDRESS: '127.0.0.1',
          CARD_PORT: String(ports('card')),
          MPESA_PORT: String(ports('mpesa')),
          CARRIER_PORT: String(ports('carrier')),
          SMTP_PORT: String(ports('smtp')),
          CONTROL_PORT: String(port),
          CARD_KEY: secrets.password('simulators.card'),
          CARD_WEBHOOK_URL: `http://127.0.0.1:${ports('payment')}/webhooks/simulator`,
          CARD_WEBHOOK_SECRET: secrets.password('simulators.card.webhook'),
          ...mpesaAccount(at),
          CARRIER_KEY: secrets.password('simulators.carrier'),
          CARRIER_CALLBACK_URL: `http://127.0.0.1:${ports('shipping')}/shipments`,
          CARRIER_TOKEN: secrets.password('simulators.carrier.callback'),
          CARRIER_PACE_MS: at.outside.CARRIER_PACE_MS ?? '8000',
          MAIL_DIR: layout.folder('mail'),
          ...overrides,
        },
      }),
    isReady: () => answersOk(port, '/health/ready'),
    readyWithinMs: 30_000,
    stopWithinMs: 700,
  };
}
