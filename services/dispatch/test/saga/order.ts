import type { OrderContent, OrderRecord } from '../../src/domain/order.ts';
import type { Saga } from '../../src/domain/saga/saga.ts';
import { QUANTITY, TOTAL_MINOR } from './participants.ts';

const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
const at = '2026-11-22T09:30:00.000Z';
const address = { name: 'Ada', line1: 'Street 1', city: 'Berlin', postcode: '10115', country: 'DE' };
const subtotal = eur(999 * QUANTITY);
const content: OrderContent = {
  lines: [
    {
      sku: 'CUP',
      productId: 'cup',
      name: 'Cup',
      quantity: QUANTITY,
      unitPrice: eur(999),
      lineTotal: subtotal,
      tax: eur(319),
    },
  ],
  subtotal,
  tax: eur(397),
  discount: eur(0),
  shipping: eur(TOTAL_MINOR - subtotal.amountMinor),
  total: eur(TOTAL_MINOR),
  address,
  destination: { city: 'Berlin', postcode: '10115', country: 'DE' },
  quoteId: 'q',
  delivery: { method: 'standard', days: { min: 1, max: 2 } },
  payment: { id: 'p', refundId: 'r', method: 'card', kind: 'card' },
};

/** Two cups and their delivery, as the saga has them now. */
export const orderOf = ({ orderId, view }: Saga): OrderRecord => ({
  id: orderId,
  number: 'SH-7F3K2M9Q',
  userId: undefined,
  email: 'ada@example.com',
  cartId: 'c',
  cartVersion: 1,
  version: 1,
  content,
  view,
  placedAt: at,
  updatedAt: at,
});
