import type { CartContents, Destination } from '@shopstack/contracts/cart';
import type { PriceSnapshot } from '@shopstack/contracts/catalogue';
import type { OrderLine } from '@shopstack/contracts/order';
import type { PaymentMethod as Method } from '@shopstack/contracts/payment';
import type { Address, Money, SkuQuantity } from '@shopstack/contracts/primitives';
import type { Quote } from '@shopstack/contracts/shipping';
import { problem } from '@shopstack/kit/problem';
import type { z } from 'zod';
import { priceLine, type Totals } from './pricing.ts';

export type PaymentMethod = z.infer<typeof Method>;

/** @throws Problem when the cart is not the one that was shown, or holds nothing. */
export function checkCart(cart: CartContents, cartVersion: number): void {
  if (cart.lines.length === 0) throw problem('cart-empty');
  if (cart.version !== cartVersion)
    throw problem('cart-changed', undefined, { members: { cartVersion: cart.version } });
}

/**
 * The cart's lines at the catalogue's prices.
 * @throws Problem `cart-not-orderable` or `out-of-stock`, naming the SKUs.
 */
export function priceCart(wanted: readonly SkuQuantity[], snapshots: readonly PriceSnapshot[]): OrderLine[] {
  const bySku = new Map(snapshots.map((it) => [it.sku, it]));
  const skusWhere = (isBad: (it: PriceSnapshot | undefined, quantity: number) => boolean) =>
    wanted.filter(({ sku, quantity }) => isBad(bySku.get(sku), quantity)).map(({ sku }) => sku);
  const gone = skusWhere((it) => it === undefined || it.discontinued);
  if (gone.length > 0) throw problem('cart-not-orderable', undefined, { members: { skus: gone } });
  const short = skusWhere((it, quantity) => it !== undefined && it.available < quantity);
  if (short.length > 0) throw problem('out-of-stock', undefined, { members: { skus: short } });
  return wanted.flatMap((line) => {
    const snapshot = bySku.get(line.sku);
    return snapshot ? [priceLine(line, snapshot)] : [];
  });
}

const plain = (text: string) => text.normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
const compact = (text: string) => text.replaceAll(/[\s-]/g, '').toLowerCase();

/** @throws Problem `quote-expired`, or `quote-mismatch` when the offer is for other goods or another place. */
export function checkQuote(quote: Quote, lines: readonly SkuQuantity[], address: Address): void {
  if (quote.expired) throw problem('quote-expired');
  if (!isSamePlace(quote.destination, address))
    throw problem('quote-mismatch', 'The delivery offer is for another address.');
  if (!sameLines(quote.lines, lines))
    throw problem('quote-mismatch', 'The delivery offer is for other goods.');
}

const isSamePlace = (quoted: Destination, address: Address): boolean =>
  quoted.country === address.country &&
  compact(quoted.postcode) === compact(address.postcode) &&
  plain(quoted.city) === plain(address.city);

function sameLines(a: readonly SkuQuantity[], b: readonly SkuQuantity[]): boolean {
  const summed = (lines: readonly SkuQuantity[]) => {
    const sums = new Map<string, number>();
    for (const { sku, quantity } of lines) sums.set(sku, (sums.get(sku) ?? 0) + quantity);
    return JSON.stringify([...sums].sort(([left], [right]) => (left < right ? -1 : 1)));
  };
  return summed(a) === summed(b);
}

/** @throws Problem `price-changed` with the new total. */
export function checkTotal({ total }: Totals, expected: Money): void {
  const same = total.amountMinor === expected.amountMinor && total.currency === expected.currency;
  if (!same) throw problem('price-changed', undefined, { members: { total } });
}

const phoneNumber = /^[1-9]\d{7,14}$/;

/** How the order is paid for. @throws Problem when the method is not offered, or what the provider needs is missing. */
export function checkPayment(
  methods: readonly PaymentMethod[],
  { paymentMethod, paymentToken }: { paymentMethod: string; paymentToken?: string | undefined },
): { kind: PaymentMethod['kind']; token: string } {
  const method = methods.find(({ id }) => id === paymentMethod);
  if (!method) throw problem('payment-method-unavailable');
  const { kind } = method;
  if (paymentToken === undefined) throw tokenFault(`is needed to pay by ${method.name}`);
  if (kind === 'mobile-money' && !phoneNumber.test(paymentToken))
    throw tokenFault('is not a phone number in international form');
  return { kind, token: paymentToken };
}

const tokenFault = (detail: string) =>
  problem('validation-failed', undefined, { errors: [{ pointer: '/paymentToken', detail }] });
