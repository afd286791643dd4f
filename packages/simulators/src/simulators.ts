import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createCardApp } from './card/app.ts';
import { openCardProvider } from './card/provider.ts';
import { createCarrierApp } from './carrier/app.ts';
import { openCarrier } from './carrier/carrier.ts';
import { createControlApp } from './control.ts';
import { listen } from './listening.ts';
import { openMailCatcher } from './mail/catcher.ts';
import { openMailbox } from './mail/mailbox.ts';
import { createMpesaApp } from './mpesa/app.ts';
import { type MpesaOptions, openMpesa } from './mpesa/mpesa.ts';

export interface SimulatorsOptions {
  dataDir: string;
  mailDir: string;
  bindAddress: string;
  /** 0 takes a free one. */
  ports: { card: number; mpesa: number; carrier: number; smtp: number; control: number };
  card: { key: string; webhookUrl: string; webhookSecret: string };
  mpesa: MpesaOptions;
  carrier: { key: string; callbackUrl: string; token: string; paceMs: number };
}

/**
 * Starts card provider, M-Pesa, carrier, mail catcher and their control port in this process, with what they knew before.
 * Resolves when all of them listen, with the ports they got; `close` ends them and keeps their data.
 */
export async function startSimulators(options: SimulatorsOptions) {
  mkdirSync(options.dataDir, { recursive: true });
  const provider = openCardProvider(join(options.dataDir, 'card.sqlite'), options.card);
  const mpesa = openMpesa(join(options.dataDir, 'mpesa.sqlite'), options.mpesa);
  const carrier = openCarrier(join(options.dataDir, 'carrier.sqlite'), options.carrier);
  const mailbox = openMailbox(options.mailDir);
  const host = options.bindAddress;
  const card = await listen(createCardApp(provider, options.card.key), options.ports.card, host);
  const daraja = await listen(createMpesaApp(mpesa, options.mpesa), options.ports.mpesa, host);
  const parcels = await listen(createCarrierApp(carrier, options.carrier.key), options.ports.carrier, host);
  const smtp = await openMailCatcher(mailbox, options.ports.smtp, host);
  const control = await listen(
    createControlApp({ provider, mpesa, carrier, mailbox }),
    options.ports.control,
    host,
  );
  return {
    ports: {
      card: card.port,
      mpesa: daraja.port,
      carrier: parcels.port,
      smtp: smtp.port,
      control: control.port,
    },
    async close() {
      await Promise.all([control.close(), smtp.close(), parcels.close(), daraja.close(), card.close()]);
      await Promise.all([provider.close(), mpesa.close(), carrier.close()]);
    },
  };
}
