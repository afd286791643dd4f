import { listPaymentMethods } from '@shopstack/contracts/payment';
import { createOutbound } from '@shopstack/kit/outbound';
import { problem } from '@shopstack/kit/problem';
import type { PaymentMethod } from '../domain/checkout.ts';

/** Methods change with a release of payment, so an answer is good for a while, and an old one better than none. */
const FRESH_MS = 60_000;

export function openPaymentClient(baseUrl: string) {
  const outbound = createOutbound({ name: 'payment', baseUrl });
  const known = new Map<string, { items: PaymentMethod[]; readAt: number }>();
  const ask = async (query: URLSearchParams): Promise<PaymentMethod[]> => {
    const path = `${listPaymentMethods.path}?${query}`;
    const reply = await outbound.call({ method: 'GET', path, answer: listPaymentMethods.answers[200] });
    if (reply.ok) return reply.body.items;
    throw problem('unavailable', 'Payment methods cannot be read.');
  };
  return {
    /** How one can pay. @throws Problem when payment is away and was never asked. */
    async methods(currency: string, country: string): Promise<readonly PaymentMethod[]> {
      const key = `${currency} ${country}`;
      const before = known.get(key);
      if (before && Date.now() - before.readAt < FRESH_MS) return before.items;
      try {
        const items = await ask(new URLSearchParams({ currency, country }));
        known.set(key, { items, readAt: Date.now() });
        return items;
      } catch (error) {
        if (before) return before.items;
        throw error;
      }
    },
    close: outbound.close,
  };
}
export type PaymentClient = ReturnType<typeof openPaymentClient>;
