import { listCountries, listPlaces } from '@shopstack/contracts/shipping';
import { type Api, ok } from '@shopstack/kit/api';
import { decodeCursor, pageOf } from '@shopstack/kit/page';
import { problem } from '@shopstack/kit/problem';
import { z } from 'zod';
import type { Geography } from '../store/geography.ts';

const Cursor = z.tuple([z.number(), z.string()]);
const cached = { 'cache-control': 'public, max-age=300' };

export function geography(api: Api, deps: { geography: Geography }): void {
  api.on(listCountries, async () => ok({ items: await deps.geography.countries() }, cached));

  api.on(listPlaces, async ({ params, query }) => {
    if (!(await deps.geography.country(params.country))) throw problem('unknown-country');
    const cursor = decodeCursor(Cursor, query.cursor);
    const after = cursor && { population: cursor[0], name: cursor[1] };
    const rows = await deps.geography.places(params.country, {
      q: query.q ?? '',
      limit: query.limit + 1,
      after,
    });
    return ok(
      pageOf(rows, query.limit, (it) => [it.population, it.name]),
      cached,
    );
  });
}
