import { startFakeServer } from '@shopstack/testkit/fake-server';
import { z } from 'zod';

const Parcel = z.object({ reference: z.string(), method: z.string(), weightGrams: z.int() });

/** A carrier that answers the same for the same reference. */
export async function startFakeCarrier() {
  const booked = new Map<string, z.infer<typeof Parcel>>();
  const state = { away: false, left: new Set<string>(), onBooking: async (_reference: string) => {} };
  const server = await startFakeServer(async ({ method, path, body }) => {
    if (state.away) return { status: 503 };
    if (method === 'POST' && path === '/shipments') {
      const parcel = Parcel.parse(body);
      await state.onBooking(parcel.reference);
      booked.set(parcel.reference, parcel);
      return { status: 201, body: { trackingCode: `TRACK-${parcel.reference.slice(-12)}` } };
    }
    const reference = path.replace('/shipments/', '');
    if (state.left.has(reference)) return { status: 409, body: {} };
    return booked.delete(reference) ? { status: 204 } : { status: 404, body: {} };
  });
  return { booked, state, url: server.url, requests: server.requests, close: server.close };
}

export interface Goods {
  weightGrams: number;
  priceMinor: number;
}
const Ask = z.object({ skus: z.array(z.string()) });

/** A catalogue that tells weights and prices. */
export async function startFakeCatalogue(goods: Readonly<Record<string, Goods>>) {
  const state = { away: false };
  const server = await startFakeServer(({ body }) => {
    if (state.away) return { status: 503 };
    const { skus } = Ask.parse(body);
    const unknown = skus.filter((sku) => !(sku in goods));
    if (unknown.length > 0) {
      return { status: 404, body: { type: 'urn:shopstack:problem:unknown-sku', skus: unknown } };
    }
    return { body: { items: skus.map((sku) => snapshot(sku, goods[sku])) } };
  });
  return { state, url: server.url, close: server.close };
}

const snapshot = (sku: string, { weightGrams, priceMinor }: Goods = { weightGrams: 0, priceMinor: 0 }) => ({
  sku,
  productId: sku.toLowerCase(),
  name: sku,
  options: {},
  price: { amountMinor: priceMinor, currency: 'EUR' },
  taxClass: 'standard',
  taxRateBp: 1900,
  weightGrams,
  available: 10,
  state: 'in-stock',
  discontinued: false,
});
