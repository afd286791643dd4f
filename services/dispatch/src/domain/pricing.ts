import type { PriceSnapshot } from '@shopstack/contracts/catalogue';
import { sumMoney, taxContained } from '@shopstack/contracts/money';
import type { OrderLine } from '@shopstack/contracts/order';
import type { Money, SkuQuantity } from '@shopstack/contracts/primitives';

export interface Totals {
  subtotal: Money;
  tax: Money;
  discount: Money;
  shipping: Money;
  total: Money;
}

export function priceLine(wanted: SkuQuantity, snapshot: PriceSnapshot): OrderLine {
  const { currency, amountMinor } = snapshot.price;
  const lineTotal = { amountMinor: amountMinor * wanted.quantity, currency };
  return {
    sku: snapshot.sku,
    productId: snapshot.productId,
    name: snapshot.name,
    ...(snapshot.image === undefined ? {} : { image: snapshot.image }),
    quantity: wanted.quantity,
    unitPrice: snapshot.price,
    lineTotal,
    tax: taxContained(lineTotal, snapshot.taxRateBp),
  };
}

/** Tax is rounded per line, so it is summed, not worked out again; shipping is taxed at the standard rate. */
export function totalsOf(lines: readonly OrderLine[], shipping: Money, shippingTaxRateBp: number): Totals {
  const { currency } = shipping;
  const sum = (amounts: readonly Money[]) => sumMoney(amounts, currency);
  const subtotal = sum(lines.map((it) => it.lineTotal));
  const discount = { amountMinor: 0, currency };
  return {
    subtotal,
    tax: sum([...lines.map((it) => it.tax), taxContained(shipping, shippingTaxRateBp)]),
    discount,
    shipping,
    total: { amountMinor: subtotal.amountMinor - discount.amountMinor + shipping.amountMinor, currency },
  };
}
