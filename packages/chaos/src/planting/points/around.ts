import type { Failpoint } from '../failpoint.ts';

const shippingCommands = 'services/shipping/src/events/commands.ts';

export const shipping: readonly Failpoint[] = [
  {
    name: 'shipment-held-not-told',
    services: ['shipping'],
    file: shippingCommands,
    anchor: 'const id = await shipments.insert(trx, shipment);',
    at: 'after',
  },
  {
    name: 'shipment-committed-not-acknowledged',
    services: ['shipping'],
    file: shippingCommands,
    anchor: 'deps.wake();',
    at: 'before',
  },
  {
    name: 'carrier-booked-shipment-not-confirmed',
    services: ['shipping'],
    file: shippingCommands,
    anchor: 'const trackingCode = await bookWithCarrier(deps, data.orderId);',
    at: 'after',
  },
  {
    name: 'shipment-confirmed-parcel-not-withdrawn',
    services: ['shipping'],
    file: shippingCommands,
    anchor: 'await withdrawIfCancelled(deps, data.orderId);',
    at: 'before',
  },
  {
    name: 'carrier-called-back-shipment-not-cancelled',
    services: ['shipping'],
    file: shippingCommands,
    anchor: 'const asked = await callBack(deps, data.orderId);',
    at: 'after',
  },
  {
    name: 'tracking-noted-shipment-not-moved',
    services: ['shipping'],
    file: 'services/shipping/src/http/shipments.ts',
    anchor: 'await store.move(trx, it.id, { state: body.state });',
    at: 'before',
  },
  {
    name: 'tracking-committed-not-answered',
    services: ['shipping'],
    file: 'services/shipping/src/http/shipments.ts',
    anchor: 'deps.wake();',
    at: 'before',
  },
];

export const cart: readonly Failpoint[] = [
  {
    name: 'cart-written-not-answered',
    services: ['cart'],
    file: 'services/cart/src/http/cart.ts',
    anchor: 'return show(deps, holder.id, record, capped);',
    at: 'before',
  },
  {
    name: 'order-taken-out-not-acknowledged',
    services: ['cart'],
    file: 'services/cart/src/events/consumers.ts',
    anchor: `{ request: { id: order.id, digest: '' } },
        );`,
    at: 'after',
  },
];

export const user: readonly Failpoint[] = [
  {
    name: 'history-written-not-acknowledged',
    services: ['user'],
    file: 'services/user/src/events/orders.ts',
    anchor: 'if (fact.userId !== undefined) await deps.orders.take(fact.userId, fact);',
    at: 'after',
  },
];

export const ratings: readonly Failpoint[] = [
  {
    name: 'message-noted-buyer-not-added',
    services: ['ratings'],
    file: 'services/ratings/src/events/orders.ts',
    anchor: 'await buyers.add(trx, { userId, orderId, productIds });',
    at: 'before',
  },
];
