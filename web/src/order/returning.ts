import type { Order, OrderLine, OrderRefund } from '@shopstack/contracts/order';
import type { Money, SkuQuantity } from '@shopstack/contracts/primitives';

type Goods = Pick<Order, 'lines' | 'refunds'>;
type Amounts = Pick<Order, 'lines' | 'refunds' | 'shipping' | 'total'>;

export interface ReturnableLine {
  line: OrderLine;
  /** How many of it can still be sent back. */
  left: number;
}

/** What was ordered less what is coming back already. */
export function returnableLines({ lines, refunds }: Goods): ReturnableLine[] {
  const back = refunds.flatMap((refund) => refund.lines);
  return lines
    .map((line) => ({ line, left: line.quantity - quantityOf(back, line.sku) }))
    .filter(({ left }) => left > 0);
}
const quantityOf = (lines: readonly SkuQuantity[], sku: string): number =>
  lines.reduce((sum, line) => (line.sku === sku ? sum + line.quantity : sum), 0);

/** Goods can be sent back once they have left us. */
export const mayReturn = (order: Goods & Pick<Order, 'status'>): boolean =>
  ['shipped', 'completed'].includes(order.status) && returnableLines(order).length > 0;

export interface AmountBack {
  goods: Money;
  /** Only when everything comes back. */
  shipping?: Money;
  amount: Money;
}

/** What is refunded for these goods; never more than is left of the total: what failed is still owed. */
export function amountBack(order: Amounts, chosen: readonly SkuQuantity[]): AmountBack {
  const lines = returnableLines(order);
  const money = (amountMinor: number): Money => ({ amountMinor, currency: order.total.currency });
  const goods = lines.reduce(
    (sum, { line }) => sum + line.unitPrice.amountMinor * quantityOf(chosen, line.sku),
    0,
  );
  const everything =
    lines.length > 0 && lines.every(({ line, left }) => quantityOf(chosen, line.sku) === left);
  const shipping = everything ? order.shipping.amountMinor : 0;
  const kept = order.total.amountMinor - sumOf(order.refunds);
  return {
    goods: money(goods),
    ...(shipping > 0 ? { shipping: money(shipping) } : {}),
    amount: money(Math.min(goods + shipping, kept)),
  };
}
const sumOf = (refunds: readonly OrderRefund[]): number =>
  refunds.reduce((sum, { amount }) => sum + amount.amountMinor, 0);

/** What has gone back and what is left of the total; undefined while nothing has. */
export function refundedOf({ refunds, total }: Pick<Order, 'refunds' | 'total'>) {
  const amountMinor = sumOf(refunds.filter(({ state }) => state === 'refunded'));
  if (amountMinor === 0) return undefined;
  return {
    refunded: { ...total, amountMinor },
    left: { ...total, amountMinor: total.amountMinor - amountMinor },
  };
}

/** Money is on its way back: more news is to come, even of an order that has ended. */
export const awaitsRefund = ({ refunds }: Pick<Order, 'refunds'>): boolean =>
  refunds.some(({ state }) => state === 'requested');
