import type { Destination } from '@shopstack/contracts/cart';
import type { Reply } from '@shopstack/contracts/operation';
import type { SkuQuantity } from '@shopstack/contracts/primitives';
import type { getShipment, listCountries, listPlaces, quote } from '@shopstack/contracts/shipping';
import { http } from './client.ts';

export const fetchCountries = (signal?: AbortSignal) =>
  http.json<Reply<typeof listCountries>>('GET', '/shipping/countries', { signal });
export const fetchPlaces = (country: string, q: string, signal?: AbortSignal) =>
  http.json<Reply<typeof listPlaces>>('GET', `/shipping/countries/${country}/places`, {
    query: { q, limit: 6 },
    signal,
  });
export const requestQuotes = (
  destination: Destination,
  lines: readonly SkuQuantity[],
  signal?: AbortSignal,
) => http.json<Reply<typeof quote>>('POST', '/shipping/quotes', { body: { destination, lines }, signal });
export const fetchShipment = (id: string, followToken?: string, signal?: AbortSignal) =>
  http.json<Reply<typeof getShipment>>('GET', `/shipping/shipments/${id}`, {
    auth: true,
    followToken,
    signal,
  });
