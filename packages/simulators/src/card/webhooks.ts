import { createHmac, randomUUID } from 'node:crypto';
import type { Database } from '../database.ts';
import { openDeliveries } from '../deliveries.ts';
import type { CardBehaviour } from './behaviour.ts';
import type { Payment } from './payment.ts';

const reorderedDelayMs = 1_500;

/** Tells the shop about payments, signed, until it listens. */
export function openWebhooks(db: Database, options: { webhookUrl: string; webhookSecret: string }) {
  const deliveries = openDeliveries(db, (body) => ({
    'simulator-signature': sign(body, options.webhookSecret),
  }));
  let announced = 0;
  return {
    /** Call inside the transaction that changes the payment. */
    announce(payment: Payment, type: string, how: CardBehaviour['webhook']) {
      if (how === 'never') return;
      const id = `evt_${randomUUID()}`;
      const body = JSON.stringify({ id, type, createdAt: payment.updatedAt, payment });
      const late = how === 'reorder' && announced++ % 2 === 0;
      const delivery = { url: options.webhookUrl, body, delayMs: late ? reorderedDelayMs : 0 };
      deliveries.add({ lane: id, ...delivery });
      if (how === 'duplicate') deliveries.add({ lane: `${id}-again`, ...delivery });
    },
    waiting: deliveries.waiting,
    forget: deliveries.forget,
    close: deliveries.close,
  };
}

/** `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">` */
function sign(body: string, secret: string): string {
  const time = Math.floor(Date.now() / 1000);
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;
}
