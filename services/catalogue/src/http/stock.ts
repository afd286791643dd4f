import { adjustStock, getReservation, listStockMovements } from '@shopstack/contracts/merchandise';
import { type Api, ok } from '@shopstack/kit/api';
import { decodeCursor, pageOf } from '@shopstack/kit/page';
import { problem } from '@shopstack/kit/problem';
import { z } from 'zod';
import type { Reservations } from '../store/reservations.ts';
import type { Stock } from '../store/stock.ts';

interface Deps {
  stock: Pick<Stock, 'adjust' | 'movements' | 'bySku'>;
  reservations: Pick<Reservations, 'read'>;
}

/** The merchandiser's doors to stock. */
export function stock(api: Api, deps: Deps): void {
  api.on(adjustStock, async ({ params, body, principal, idempotency }) => {
    const key = `${idempotency?.scope} ${idempotency?.key}`;
    const by = principal.kind === 'user' ? principal.id : undefined;
    const done = await deps.stock.adjust({ sku: params.sku, kind: 'adjustment', key, by, ...body });
    return { status: 201, body: { sku: params.sku, ...done } };
  });

  api.on(listStockMovements, async ({ params, query }) => {
    if (!(await deps.stock.bySku(params.sku))) throw problem('not-found', `There is no SKU ${params.sku}.`);
    const before = decodeCursor(z.string(), query.cursor);
    const rows = await deps.stock.movements(params.sku, { before, limit: query.limit + 1 });
    const page = pageOf(rows, query.limit, (it) => it._id);
    return ok({
      next: page.next,
      items: page.items.map(({ _id, at, ...it }) => ({ id: _id, ...it, at: at.toISOString() })),
    });
  });

  api.on(getReservation, async ({ params }) => {
    const it = await deps.reservations.read(params.orderId);
    if (!it) throw problem('not-found');
    return ok({
      orderId: it._id,
      state: it.state,
      round: it.round,
      lines: it.lines,
      createdAt: it.createdAt.toISOString(),
      updatedAt: it.updatedAt.toISOString(),
    });
  });
}
