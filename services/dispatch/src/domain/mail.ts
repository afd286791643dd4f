import type { Money } from '@shopstack/contracts/primitives';
import type { OrderRecord } from './order.ts';
import type { Template } from './saga/saga.ts';

export interface Letter {
  subject: string;
  text: string;
  html: string;
}
const openings: Readonly<Record<Template, (order: OrderRecord) => [subject: string, opening: string]>> = {
  'order-confirmed': ({ number }) => [
    `Your order ${number} is confirmed`,
    'Thank you for your order. It is paid and will be on its way soon.',
  ],
  'order-rejected': ({ number, view }) => [
    `Your order ${number} could not be completed`,
    view.reason?.message ?? 'The order could not be completed. Nothing was charged.',
  ],
  'order-cancelled': ({ number, view }) => [
    `Your order ${number} is cancelled`,
    view.reason?.message ?? 'The order is cancelled. Nothing was charged.',
  ],
  'order-refunded': ({ number, view }) =>
    view.reason?.code === 'returned'
      ? [`Your order ${number} is refunded`, view.reason.message]
      : [
          `Your order ${number} is cancelled and refunded`,
          'The order is cancelled. What you paid is on its way back to you.',
        ],
  'order-shipped': ({ number, view }) => [
    `Your order ${number} is on its way`,
    view.trackingCode
      ? `The parcel has left us. Its tracking code is ${view.trackingCode}.`
      : 'It has left us.',
  ],
  'order-delivered': ({ number }) => [`Your order ${number} has arrived`, 'The parcel was delivered.'],
  'payment-action': ({ number }) => [
    `Your order ${number} waits for you`,
    'The payment is not complete. Please confirm it or choose another way to pay.',
  ],
  'return-requested': ({ number }) => [
    `Your return of order ${number}`,
    'We expect the goods back. Their price is on its way back to you.',
  ],
  'refund-made': ({ number }) => [
    `Money back for your order ${number}`,
    'Part of what you paid is on its way back to you.',
  ],
};

/** 19.99 EUR; currencies without cents keep their whole units. */
export function formatMoney({ amountMinor, currency }: Money): string {
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
    .maximumFractionDigits;
  return `${(amountMinor / 10 ** (digits ?? 2)).toFixed(digits)} ${currency}`;
}

/** What goes back, when the letter is about a part: its goods and the money. */
function partRows({ content, view }: OrderRecord, about: string | undefined): [string, string][] {
  const part = view.refunds?.find(({ id }) => id === about);
  if (!part) return [];
  const nameOf = (sku: string) => content.lines.find((it) => it.sku === sku)?.name ?? sku;
  return [
    ...part.lines.map(({ sku, quantity }): [string, string] => ['Sent back', `${quantity} × ${nameOf(sku)}`]),
    ['Given back to you', formatMoney(part.amount)],
  ];
}

/** A receipt: number, lines, tax and total, in plain text and in simple HTML. */
export function writeLetter(
  { template, about }: { template: Template; about?: string | undefined },
  order: OrderRecord,
  link: string,
): Letter {
  const [subject, opening] = openings[template](order);
  const { content } = order;
  const rows: [string, string][] = [
    ...content.lines.map((it): [string, string] => [
      `${it.quantity} × ${it.name}`,
      formatMoney(it.lineTotal),
    ]),
    [`Delivery (${content.delivery.method})`, formatMoney(content.shipping)],
    ['Total', formatMoney(content.total)],
    ['Tax included', formatMoney(content.tax)],
    ...partRows(order, about),
  ];
  const text = [
    opening,
    '',
    `Order ${order.number}`,
    ...rows.map(([name, amount]) => `${name}: ${amount}`),
    '',
    `See the order: ${link}`,
    '',
  ].join('\n');
  const cells = rows.map(
    ([name, amount]) => `<tr><td>${escapeHtml(name)}</td><td align="right">${escapeHtml(amount)}</td></tr>`,
  );
  const html = [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head><body>`,
    `<p>${escapeHtml(opening)}</p><h1>Order ${escapeHtml(order.number)}</h1>`,
    `<table cellpadding="4">${cells.join('')}</table>`,
    `<p><a href="${escapeHtml(link)}">See the order</a></p></body></html>`,
  ].join('');
  return { subject, text, html };
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (it) => entities[it] ?? it);
