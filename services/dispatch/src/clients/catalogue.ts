import { snapshotPrices } from '@shopstack/contracts/catalogue';
import { createOutbound } from '@shopstack/kit/outbound';
import { problem } from '@shopstack/kit/problem';
import { shareReads } from '@shopstack/kit/share';

export function openCatalogueClient(baseUrl: string) {
  const outbound = createOutbound({ name: 'catalogue', baseUrl });
  const answer = snapshotPrices.answers[200];
  const ask = shareReads((body) =>
    outbound.call({
      method: 'POST',
      path: snapshotPrices.path,
      body: JSON.parse(body),
      answer,
      repeatable: true,
    }),
  );
  return {
    /** Prices, tax and availability for delivery to `country`. @throws Problem */
    async prices(skus: readonly string[], country: string) {
      const reply = await ask(JSON.stringify({ skus: skus.toSorted(), country }));
      if (reply.ok) return reply.body;
      if (reply.code === 'unknown-sku') throw problem('cart-not-orderable');
      throw problem('unavailable', 'Prices cannot be read.');
    },
    close: outbound.close,
  };
}
export type CatalogueClient = ReturnType<typeof openCatalogueClient>;
