import { expect, test } from '@jest/globals';
import { formatMoney, writeLetter } from './mail.ts';
import type { OrderRecord } from './order.ts';

const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
const order: OrderRecord = {
  id: '019aa000-0000-7000-8000-000000000001',
  number: 'SH-7F3K2M9Q',
  userId: undefined,
  email: 'ada@example.com',
  cartId: 'c',
  cartVersion: 1,
  version: 1,
  content: {
    lines: [
      {
        sku: 'A',
        productId: 'a',
        name: '<b>Cup</b> & "saucer"',
        quantity: 2,
        unitPrice: eur(999),
        lineTotal: eur(1998),
        tax: eur(319),
      },
    ],
    subtotal: eur(1998),
    tax: eur(397),
    discount: eur(0),
    shipping: eur(490),
    total: eur(2488),
    address: { name: 'Ada', line1: 'Street 1', city: 'Berlin', postcode: '10115', country: 'DE' },
    destination: { city: 'Berlin', postcode: '10115', country: 'DE' },
    quoteId: '019aa000-0000-7000-8000-000000000002',
    delivery: { method: 'standard', days: { min: 1, max: 2 } },
    payment: { id: 'p', refundId: 'r', method: 'card', kind: 'card' },
  },
  view: { status: 'confirmed', steps: [], payment: 'captured' },
  placedAt: '2026-11-22T09:30:00.000Z',
  updatedAt: '2026-11-22T09:30:00.000Z',
};

test('a letter has number, lines, total and tax in text and in HTML', () => {
  const letter = writeLetter({ template: 'order-confirmed' }, order, 'https://shop.test/orders/1');
  for (const part of ['SH-7F3K2M9Q', '19.98 EUR', '4.90 EUR', '24.88 EUR', '3.97 EUR']) {
    expect(letter.text).toContain(part);
    expect(letter.html).toContain(part);
  }
});

test('names of products are text, never markup', () => {
  const { html } = writeLetter({ template: 'order-shipped' }, order, 'https://shop.test/?a=1&b="2"');
  expect(html).toContain('&lt;b&gt;Cup&lt;/b&gt; &amp; &quot;saucer&quot;');
  expect(html).not.toContain('<b>');
  expect(html).toContain('href="https://shop.test/?a=1&amp;b=&quot;2&quot;"');
});

test('a letter about a part that goes back says which goods and how much money', () => {
  const refund = { id: 'r1', kind: 'return' as const, amount: eur(999), lines: [{ sku: 'A', quantity: 1 }] };
  const view = {
    ...order.view,
    refunds: [{ ...refund, state: 'refunded' as const, at: order.placedAt }],
  };
  const about = (id: string) =>
    writeLetter({ template: 'refund-made', about: id }, { ...order, view }, 'https://shop.test').text;
  expect(about('r1')).toContain('Sent back: 1 × <b>Cup</b>');
  expect(about('r1')).toContain('Given back to you: 9.99 EUR');
  expect(about('another')).not.toContain('Given back to you');
});

test.each([
  [{ amountMinor: 1999, currency: 'EUR' }, '19.99 EUR'],
  [{ amountMinor: 5, currency: 'EUR' }, '0.05 EUR'],
  [{ amountMinor: 1999, currency: 'JPY' }, '1999 JPY'],
])('%j reads %s', (money, text) => {
  expect(formatMoney(money)).toBe(text);
});
