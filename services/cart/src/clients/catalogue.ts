import { PriceSnapshot } from '@shopstack/contracts/catalogue';
import { createOutbound } from '@shopstack/kit/outbound';
import { problem } from '@shopstack/kit/problem';
import { shareReads } from '@shopstack/kit/share';
import { z } from 'zod';

const Snapshots = z.object({ items: z.array(PriceSnapshot) });
const Unknown = z.object({ skus: z.array(z.string()) });

/** Prices as the catalogue tells them. @throws Problem `unavailable` while it is away. */
export function createCatalogueClient(baseUrl: string) {
  const outbound = createOutbound({ name: 'catalogue', baseUrl, timeoutMs: 1500, retries: 1 });

  const ask = shareReads((body) =>
    outbound.call({
      method: 'POST',
      path: '/price-snapshots',
      body: JSON.parse(body),
      answer: Snapshots,
      repeatable: true,
    }),
  );

  async function snapshots(skus: readonly string[], country?: string): Promise<Map<string, PriceSnapshot>> {
    if (skus.length === 0) return new Map();
    const reply = await ask(JSON.stringify({ skus: skus.toSorted(), country }));
    if (reply.ok) return new Map(reply.body.items.map((it) => [it.sku, it]));
    const unknown = Unknown.safeParse(reply.body);
    if (reply.code !== 'unknown-sku' || !unknown.success) {
      throw problem('unavailable', 'The catalogue does not tell prices at the moment.');
    }
    const gone = new Set(unknown.data.skus);
    return snapshots(
      skus.filter((sku) => !gone.has(sku)),
      country,
    );
  }
  return { snapshots, close: outbound.close };
}
export type CatalogueClient = ReturnType<typeof createCatalogueClient>;
