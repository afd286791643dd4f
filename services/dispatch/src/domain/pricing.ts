import type { PriceSnapshot } from '@shopstack/contracts/catalogue';
import type { OrderLine } from '@shopstack/contracts/order';
import type { Money, SkuQuantity } from '@shopstack/contracts/primitives';

export interface Totals {
  subtotal: Money;
  tax: Money;
  discount: Money;
  shipping: Money;
  total: Money;
}

/** How much of a gross amount is tax: gross − gross / (1 + rate), rounded half up to whole minor units. */
export function taxIn(grossMinor: number, rateBp: number): number {
  const whole = 10_000 + rateBp;
  return Math.floor((2 * grossMinor * rateBp + whole) / (2 * whole));
}

export function priceLine(wanted: SkuQuantity, snapshot: PriceSnapshot): OrderLine {
  const { currency, amountMinor } = snapshot.price;
  const grossMinor = amountMinor * wanted.quantity;
  return {
    sku: snapshot.sku,
    productId: snapshot.productId,
    name: snapshot.name,
    ...(snapshot.image === undefined ? {} : { image: snapshot.image }),
    quantity: wanted.quantity,
    unitPrice: snapshot.price,
    lineTotal: { amountMinor: grossMinor, currency },
    tax: { amountMinor: taxIn(grossMinor, snapshot.taxRateBp), currency },
  };
}

/** Tax is rounded per line, so it is summed, not worked out again; shipping is taxed at the standard rate. */
export function totalsOf(lines: readonly OrderLine[], shipping: Money, shippingTaxRateBp: number): Totals {
  const money = (amountMinor: number): Money => ({ amountMinor, currency: shipping.currency });
  const subtotalMinor = lines.reduce((sum, it) => sum + it.lineTotal.amountMinor, 0);
  const goodsTaxMinor = lines.reduce((sum, it) => sum + it.tax.amountMinor, 0);
  const discountMinor = 0;
  return {
    subtotal: money(subtotalMinor),
    tax: money(goodsTaxMinor + taxIn(shipping.amountMinor, shippingTaxRateBp)),
    discount: money(discountMinor),
    shipping,
    total: money(subtotalMinor - discountMinor + shipping.amountMinor),
  };
}
