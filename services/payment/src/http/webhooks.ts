import { receiveSimulatorWebhook } from '@shopstack/contracts/payment';
import { Id } from '@shopstack/contracts/primitives';
import { type Api, ok } from '@shopstack/kit/api';
import { problem } from '@shopstack/kit/problem';
import { learn } from '@shopstack/kit/work';
import type { Database } from '@shopstack/sql/database';
import { z } from 'zod';
import type { CardProvider } from '../clients/simulator.ts';
import { askAboutDisputes } from '../events/disputing.ts';
import { attempts } from '../store/attempts.ts';
import { payments } from '../store/payments.ts';
import type { Schema } from '../store/schema.ts';

/** `reference` is the order's id, as we gave it to the provider; of others we know nothing. */
const Event = z.object({
  type: z.string().catch(''),
  id: z.string().regex(/^[\x21-\x7e]{1,100}$/),
  payment: z.object({ reference: Id.optional().catch(undefined) }),
});

interface Deps {
  database: Database<Schema>;
  cards: Pick<CardProvider, 'verifies'>;
  attempt: () => void;
}

/** A webhook only says that there is news: what it is, the provider is asked. Each event counts once. */
export function cardWebhooks(api: Api, { database, cards, attempt }: Deps): void {
  api.on(receiveSimulatorWebhook, async ({ req }) => {
    const body: unknown = req.body;
    if (!Buffer.isBuffer(body) || !cards.verifies(req.get('simulator-signature'), body))
      throw problem('signature-invalid');
    const event = Event.safeParse(readJson(body));
    if (!event.success) throw problem('validation-failed');
    const { id, type, payment } = event.data;
    await database.transaction(async (trx) => {
      if (!(await payments.firstEvent(trx, 'simulator', id))) return;
      if (!payment.reference) return;
      learn({ orderId: payment.reference });
      for (const it of await payments.byOrder(trx, payment.reference)) {
        if (type.startsWith('dispute.')) await askAboutDisputes(trx, it.id);
        else await attempts.hurry(trx, it.id);
      }
    });
    attempt();
    return ok({ received: true });
  });
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw problem('malformed-json', undefined, { cause });
  }
}
