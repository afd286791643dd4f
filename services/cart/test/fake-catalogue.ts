import { startFakeServer } from '@shopstack/testkit/fake-server';
import { z } from 'zod';

export interface Goods {
  priceMinor: number;
  available: number;
  discontinued?: boolean;
}
const Ask = z.object({ skus: z.array(z.string()), country: z.string().optional() });
const taxRatesBp: Readonly<Record<string, number>> = { DE: 1900, FR: 2000, CH: 810 };

/** A catalogue whose goods a test decides; it answers price snapshots over HTTP. */
export async function startFakeCatalogue() {
  const goods = new Map<string, Goods>();
  const state = { away: false };
  const server = await startFakeServer(({ method, path, body }) => {
    if (state.away) return { status: 503, body: { type: 'urn:shopstack:problem:unavailable' } };
    if (method !== 'POST' || path !== '/price-snapshots') return { status: 404, body: {} };
    const { skus, country = 'DE' } = Ask.parse(body);
    const unknown = skus.filter((sku) => !goods.has(sku));
    if (unknown.length > 0) {
      return { status: 404, body: { type: 'urn:shopstack:problem:unknown-sku', skus: unknown } };
    }
    const items = skus.map((sku) => snapshot(sku, goods.get(sku), taxRatesBp[country] ?? 1900));
    return { body: { currency: 'EUR', shippingTaxRateBp: 1900, items } };
  });
  return { goods, state, url: server.url, requests: server.requests, close: server.close };
}

function snapshot(sku: string, it: Goods = { priceMinor: 0, available: 0 }, taxRateBp: number) {
  return {
    sku,
    productId: sku.toLowerCase(),
    name: `The ${sku}`,
    options: {},
    price: { amountMinor: it.priceMinor, currency: 'EUR' },
    taxClass: 'standard',
    taxRateBp,
    weightGrams: 250,
    available: it.available,
    state: it.available > 5 ? 'in-stock' : it.available > 0 ? 'low' : 'out',
    discontinued: it.discontinued ?? false,
  };
}
