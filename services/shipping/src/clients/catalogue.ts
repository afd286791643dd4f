import { PriceSnapshot } from '@shopstack/contracts/catalogue';
import type { SkuQuantity } from '@shopstack/contracts/primitives';
import { createOutbound } from '@shopstack/kit/outbound';
import { problem } from '@shopstack/kit/problem';
import { z } from 'zod';

const Snapshots = z.object({ items: z.array(PriceSnapshot) });
const Unknown = z.object({ skus: z.array(z.string()) });

/** Weight and value of goods. @throws Problem `unknown-sku`, `unavailable`. */
export function createCatalogueClient(baseUrl: string) {
  const outbound = createOutbound({ name: 'catalogue', baseUrl, timeoutMs: 1500 });
  return {
    async parcel(lines: readonly SkuQuantity[]): Promise<{ weightGrams: number; goodsMinor: number }> {
      const skus = [...new Set(lines.map(({ sku }) => sku))];
      const reply = await outbound.call({
        method: 'POST',
        path: '/price-snapshots',
        body: { skus },
        answer: Snapshots,
        repeatable: true,
      });
      if (!reply.ok) throw refused(reply, lines);
      const bySku = new Map(reply.body.items.map((it) => [it.sku, it]));
      return lines.reduce(
        (sum, { sku, quantity }) => ({
          weightGrams: sum.weightGrams + quantity * (bySku.get(sku)?.weightGrams ?? 0),
          goodsMinor: sum.goodsMinor + quantity * (bySku.get(sku)?.price.amountMinor ?? 0),
        }),
        { weightGrams: 0, goodsMinor: 0 },
      );
    },
    close: outbound.close,
  };
}
export type CatalogueClient = ReturnType<typeof createCatalogueClient>;

function refused(reply: { code: string; body: unknown }, lines: readonly SkuQuantity[]) {
  const unknown = Unknown.safeParse(reply.body);
  if (reply.code !== 'unknown-sku' || !unknown.success)
    return problem('unavailable', 'Weights cannot be read at the moment.');
  const { skus } = unknown.data;
  return problem('unknown-sku', `No product has ${skus.join(', ')}.`, {
    errors: lines.flatMap(({ sku }, at) =>
      skus.includes(sku) ? [{ pointer: `/lines/${at}/sku`, detail: 'unknown' }] : [],
    ),
  });
}
