import { getJourney, listSagas, resumeSaga, type SagaView } from '@shopstack/contracts/operations-desk';
import { type Api, ok } from '@shopstack/kit/api';
import { decodeCursor, pageOf } from '@shopstack/kit/page';
import { problem } from '@shopstack/kit/problem';
import { z } from 'zod';
import type { Input, Saga } from '../domain/saga/saga.ts';
import type { Journeys } from '../store/journey.ts';
import type { Orders } from '../store/orders.ts';
import type { Sagas, Touched } from '../store/sagas.ts';

export interface SagasDeps {
  orders: Orders;
  sagas: Sagas;
  journeys: Journeys;
  changed: () => void;
}
const Cursor = z.tuple([z.iso.datetime(), z.uuid()]);

/** How orders are looked at and helped by support. */
export function sagas(api: Api, deps: SagasDeps): void {
  api.on(getJourney, async ({ params }) => {
    const found = await deps.sagas.ofOrder(params.id);
    if (!found) throw problem('not-found');
    const entries = await deps.journeys.ofOrder(params.id);
    return ok({ orderId: params.id, state: found.saga.state, entries });
  });

  api.on(listSagas, async ({ query }) => {
    const after = decodeCursor(Cursor, query.cursor);
    const rows = await deps.sagas.list({ state: query.state, after, limit: query.limit + 1 });
    const page = pageOf(rows, query.limit, (last) => [last.touchedAt, last.order.id]);
    return ok({ ...page, items: page.items.map(toView) });
  });

  api.on(resumeSaga, async (call) => {
    const answer = (it: Omit<Touched, 'touchedAt'>) => ({
      status: 202,
      body: toView({ ...it, touchedAt: it.order.updatedAt }),
    });
    const by = call.principal.kind === 'user' ? `support ${call.principal.id}` : 'support';
    const wish = { by, note: call.body.note, means: meansResuming };
    const held = await deps.orders.act(call.params.orderId, wish, { ref: call.idempotency, answer });
    deps.changed();
    return answer(held);
  });
}

/** @throws Problem `not-resumable` */
function meansResuming({ saga }: { saga: Saga }): Input {
  if (saga.state !== 'ATTENTION') throw problem('not-resumable');
  return { kind: 'resume' };
}

const toView = ({ order, saga, touchedAt }: Touched): SagaView => ({
  orderId: order.id,
  number: order.number,
  state: saga.state,
  status: saga.view.status,
  stock: saga.stock,
  shipment: saga.shipment,
  payment: saga.payment,
  undoing: saga.undoing,
  resends: saga.resends,
  ...(saga.view.reason ? { reason: saga.view.reason } : {}),
  updatedAt: touchedAt,
});
