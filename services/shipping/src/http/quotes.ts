import type { Destination } from '@shopstack/contracts/cart';
import { getQuote, quote } from '@shopstack/contracts/shipping';
import { type Api, ok } from '@shopstack/kit/api';
import { problem } from '@shopstack/kit/problem';
import { uuidv7 } from '@shopstack/kit/uuid';
import type { CatalogueClient } from '../clients/catalogue.ts';
import { type Coordinates, distanceKm } from '../domain/distance.ts';
import { offers } from '../domain/rates.ts';
import type { Country, Geography } from '../store/geography.ts';
import type { NewQuote, Quotes } from '../store/quotes.ts';

export interface QuoteDeps {
  geography: Geography;
  quotes: Quotes;
  catalogue: Pick<CatalogueClient, 'parcel'>;
  warehouse: Coordinates;
  currency: string;
}
const VALID_MS = 30 * 60_000;

export function quotes(api: Api, deps: QuoteDeps): void {
  api.on(quote, async ({ body }) => {
    const { destination, lines } = body;
    const country = await deps.geography.country(destination.country);
    if (!country) {
      throw problem('unknown-country', undefined, {
        errors: [{ pointer: '/destination/country', detail: 'unknown' }],
      });
    }
    checkPostcode(destination, country);
    const [parcel, place, rates] = await Promise.all([
      deps.catalogue.parcel(lines),
      deps.geography.place(country.code, destination.city),
      deps.geography.rates(country.zone),
    ]);
    const km = Math.round(10 * distanceKm(deps.warehouse, place ?? country)) / 10;
    const found = offers(rates, { ...parcel, distanceKm: km });
    if (found.length === 0) throw problem('destination-unreachable', 'Nobody carries this weight there.');
    const expiresAt = new Date(Date.now() + VALID_MS);
    const made: NewQuote[] = found.map((offer) => ({
      quoteId: uuidv7(),
      method: offer.method,
      price: { amountMinor: offer.priceMinor, currency: deps.currency },
      days: offer.days,
      expiresAt,
      distanceKm: km,
      weightGrams: parcel.weightGrams,
      destination,
      lines,
    }));
    await deps.quotes.keep(made);
    const items = made.map(({ destination: _d, lines: _l, ...it }) => ({
      ...it,
      expiresAt: it.expiresAt.toISOString(),
    }));
    return { status: 201, body: { items } };
  });

  api.on(getQuote, async ({ params }) => {
    const found = await deps.quotes.byId(params.quoteId);
    if (!found) throw problem('not-found', 'There is no such offer.');
    return ok(found);
  });
}

function checkPostcode({ postcode }: Destination, country: Country): void {
  const fits = new RegExp(country.postcodePattern || '^').test(postcode.trim().toUpperCase());
  if (fits) return;
  throw problem('validation-failed', `This is not a postcode of ${country.name}.`, {
    errors: [{ pointer: '/destination/postcode', detail: `not a postcode of ${country.name}` }],
  });
}
