import { Quote } from '@shopstack/contracts/shipping';
import { createOutbound } from '@shopstack/kit/outbound';
import { problem } from '@shopstack/kit/problem';

export function openShippingClient(baseUrl: string) {
  const outbound = createOutbound({ name: 'shipping', baseUrl });
  return {
    /** @throws Problem `quote-expired` also for an offer that shipping no longer knows. */
    async quote(quoteId: string): Promise<Quote> {
      const reply = await outbound.call({ method: 'GET', path: `/quotes/${quoteId}`, answer: Quote });
      if (reply.ok) return reply.body;
      throw problem(reply.status === 404 ? 'quote-expired' : 'unavailable');
    },
    close: outbound.close,
  };
}
export type ShippingClient = ReturnType<typeof openShippingClient>;
