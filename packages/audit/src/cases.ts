import type { Case } from './facts.ts';
import type { Range } from './stores/range.ts';
import type { Stores } from './stores/stores.ts';

type Sources = Pick<
  Stores,
  'dispatch' | 'payments' | 'shipments' | 'catalogue' | 'histories' | 'carts' | 'ledgers'
>;

/** Everything that any store says about the orders of a range, those that dispatch does not have included. */
export async function readCases(stores: Sources, range: Range): Promise<Map<string, Case>> {
  const { dispatch, payments, shipments, catalogue, histories, carts, ledgers } = stores;
  const [orders, sagas, timers, events, twins] = await Promise.all([
    dispatch.orders(range),
    dispatch.sagas(range),
    dispatch.timers(range),
    dispatch.events(range),
    dispatch.twins(range),
  ]);
  const paid = await payments.payments(range);
  const attempts = await payments.attempts(paid);
  const [bookings, sent, reservations, known, held] = await Promise.all([
    payments.bookings(attempts),
    shipments.shipments(range),
    catalogue.reservations(range),
    histories.histories(range),
    carts.carts([...new Set([...orders.values()].map(({ cartId }) => cartId))]),
  ]);
  const paymentsOf = Map.groupBy(paid, ({ orderId }) => orderId);
  const provider = ledgers.entries(range, new Set([...orders.keys(), ...paymentsOf.keys()]));
  const attemptsOf = Map.groupBy(attempts, ({ paymentId }) => paymentId);
  const bookingsOf = Map.groupBy(bookings, ({ attemptId }) => attemptId);
  const shipmentsOf = Map.groupBy(sent, ({ orderId }) => orderId);

  const caseOf = (id: string): Case => {
    const its = { order: orders.get(id), payments: paymentsOf.get(id) ?? [] };
    const asked = its.payments.flatMap((payment) => attemptsOf.get(payment.id) ?? []);
    const found = {
      saga: sagas.get(id),
      timerAt: timers.get(id),
      reservation: reservations.get(id),
      history: known.get(id),
      cart: its.order && held.get(its.order.cartId),
      order: its.order,
    };
    return {
      id,
      ...defined(found),
      events: events.get(id) ?? [],
      payments: its.payments,
      attempts: asked,
      bookings: asked.flatMap((attempt) => bookingsOf.get(attempt.id) ?? []),
      provider: provider.get(id) ?? [],
      shipments: shipmentsOf.get(id) ?? [],
      twins: twins.get(id) ?? [],
    };
  };
  const every = [orders, paymentsOf, shipmentsOf, reservations, known, provider];
  const ids = new Set(every.flatMap((it) => [...it.keys()]));
  return new Map([...ids].map((id) => [id, caseOf(id)]));
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
/** The same without what is undefined. */
function defined<T extends object>(it: T): Defined<T> {
  const entries = Object.entries(it).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Defined<T>;
}
