import type { OrderRefund } from '@shopstack/contracts/order';
import type { Money, SkuQuantity } from '@shopstack/contracts/primitives';
import { problem } from '@shopstack/kit/problem';
import type { OrderRecord } from './order.ts';
import { mayGiveBack } from './saga/parts.ts';
import { restOf } from './saga/rest.ts';
import type { Input, Saga, SagaState } from './saga/saga.ts';

/** An order with its saga, as it is now. */
interface Present {
  order: OrderRecord;
  saga: Saga;
}
type GiveBack = Extract<Input, { kind: 'give-back' }>;
type Named = Pick<OrderRefund, 'id' | 'at' | 'reason'>;

/**
 * What a return means: the goods and their price, with the last of them everything that is left of the money.
 * @throws Problem `unknown-sku` or `not-returnable`.
 */
export function planReturn({ order, saga }: Present, wanted: readonly SkuQuantity[], named: Named): GiveBack {
  const lines = summed(wanted);
  const ordered = summed(order.content.lines);
  const unknown = [...lines.keys()].find((sku) => !ordered.has(sku));
  if (unknown !== undefined) throw problem('unknown-sku', `${unknown} is not part of this order.`);
  if (!mayGiveBack(saga, 'return'))
    throw problem('not-returnable', 'Goods come back from orders that are shipped or completed.');
  const back = summed((saga.view.refunds ?? []).flatMap((it) => it.lines));
  const left = (sku: string) => (ordered.get(sku) ?? 0) - (back.get(sku) ?? 0);
  const tooMany = [...lines].find(([sku, quantity]) => quantity > left(sku));
  if (tooMany) throw problem('not-returnable', `Only ${left(tooMany[0])} of ${tooMany[0]} can come back.`);
  const isLast = [...ordered.keys()].every((sku) => left(sku) === (lines.get(sku) ?? 0));
  const price = isLast ? Number.POSITIVE_INFINITY : priceOf(order, lines);
  const amount = { ...order.content.total, amountMinor: Math.min(price, restOf(saga)) };
  const goods = [...lines].map(([sku, quantity]) => ({ sku, quantity }));
  return { kind: 'give-back', refund: refundOf('return', named, { amount, lines: goods }), isLast };
}

const refundableLater: readonly SagaState[] = [
  'RESERVING',
  'HOLDING',
  'PAYING',
  'AWAITING_CUSTOMER',
  'COMMITTING',
  'CAPTURING',
  'CONFIRMING',
];

/**
 * Money alone, as a kindness.
 * @throws Problem `order-final`, `refund-too-large` or `validation-failed`.
 */
export function planRefund({ order, saga }: Present, amount: Money, named: Named): GiveBack {
  if (amount.amountMinor === 0) {
    const errors = [{ pointer: '/amount/amountMinor', detail: 'is nothing' }];
    throw problem('validation-failed', undefined, { errors });
  }
  if (refundableLater.includes(saga.state))
    throw problem('refund-too-large', 'Nothing was kept of this order yet.');
  if (!mayGiveBack(saga, 'refund')) throw problem('order-final');
  const left = { ...order.content.total, amountMinor: restOf(saga) };
  if (amount.currency !== left.currency || amount.amountMinor > left.amountMinor)
    throw problem('refund-too-large', undefined, { members: { left } });
  return { kind: 'give-back', refund: refundOf('refund', named, { amount, lines: [] }), isLast: false };
}

const refundOf = (
  kind: OrderRefund['kind'],
  { id, at, reason }: Named,
  what: Pick<OrderRefund, 'amount' | 'lines'>,
): OrderRefund => ({
  id,
  kind,
  ...what,
  state: 'requested',
  ...(reason === undefined ? {} : { reason }),
  at,
});

function summed(lines: readonly SkuQuantity[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { sku, quantity } of lines) sums.set(sku, (sums.get(sku) ?? 0) + quantity);
  return sums;
}

/** A SKU has one price in an order, also on two lines. */
function priceOf({ content }: OrderRecord, lines: ReadonlyMap<string, number>): number {
  const unit = new Map(content.lines.map(({ sku, unitPrice }) => [sku, unitPrice.amountMinor]));
  return [...lines].reduce((sum, [sku, quantity]) => sum + quantity * (unit.get(sku) ?? 0), 0);
}
