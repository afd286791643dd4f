import { Destination } from '@shopstack/contracts/cart';
import {
  NextAction,
  OrderLine,
  OrderReason,
  OrderRefund,
  OrderStatus,
  OrderStep,
  PaymentState,
} from '@shopstack/contracts/order';
import { Address, Id, Money, Time } from '@shopstack/contracts/primitives';
import { DeliveryMethod } from '@shopstack/contracts/shipping';
import { jsonColumn } from '@shopstack/sql/json';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { OrderContent, OrderRecord } from '../domain/order.ts';
import { type OrderView, type Saga, sagaStates, type Terms } from '../domain/saga/saga.ts';
import type { Schema } from './schema.ts';

const Content = z.object({
  lines: z.array(OrderLine),
  subtotal: Money,
  tax: Money,
  discount: Money,
  shipping: Money,
  total: Money,
  address: Address,
  destination: Destination,
  quoteId: Id,
  delivery: z.object({ method: DeliveryMethod, days: z.object({ min: z.int(), max: z.int() }) }),
  payment: z.object({
    id: Id,
    refundId: Id,
    method: z.string(),
    kind: z.enum(['card', 'mobile-money']).default('card'),
  }),
  followTokenHash: z.string().exactOptional(),
});
const View = z.object({
  status: OrderStatus,
  steps: z.array(z.object({ step: OrderStep, at: Time })),
  payment: PaymentState,
  nextAction: NextAction.exactOptional(),
  reason: OrderReason.exactOptional(),
  shipmentId: z.string().exactOptional(),
  trackingCode: z.string().exactOptional(),
  refunds: z.array(OrderRefund).exactOptional(),
});
export const SagaState = z.enum(sagaStates);
/** The saga without its view and its terms, which live in the order's row. */
const Body = z.object({
  undoing: z.boolean(),
  stock: z.enum(['idle', 'reserving', 'held', 'committing', 'committed', 'releasing', 'restocking', 'clean']),
  shipment: z.enum([
    'idle',
    'holding',
    'held',
    'confirming',
    'confirmed',
    'shipped',
    'delivered',
    'cancelling',
    'clean',
    'stuck',
  ]),
  payment: z.enum([
    'idle',
    'authorising',
    'charging',
    'waiting',
    'authorised',
    'capturing',
    'captured',
    'voiding',
    'refunding',
    'clean',
    'stuck',
  ]),
  once: z.object({ committed: z.boolean(), captured: z.boolean(), refunded: z.boolean() }),
  stockRound: z.int().exactOptional(),
  voidRound: z.int().exactOptional(),
  refundRound: z.int().exactOptional(),
  refundMinor: z.int().exactOptional(),
  refundedMinor: z.int().exactOptional(),
  parts: z
    .array(
      z.object({
        id: Id,
        stock: z.enum(['none', 'restocking', 'done']),
        money: z.enum(['refunding', 'done', 'failed']),
        round: z.int(),
      }),
    )
    .exactOptional(),
  dispute: z
    .object({ id: z.string(), state: z.enum(['opened', 'won', 'lost']), amountMinor: z.int() })
    .exactOptional(),
  resends: z.int(),
  triesDeclined: z.int().exactOptional(),
  customerUntil: z.string().exactOptional(),
  attention: z
    .object({ from: SagaState, status: OrderStatus, reason: OrderReason.exactOptional() })
    .exactOptional(),
});

export const contentColumn = jsonColumn<OrderContent>(Content);
export const viewColumn = jsonColumn<OrderView>(View);
const bodyColumn = jsonColumn(Body);

export const termsOf = ({ payment, total }: OrderContent): Terms => ({
  plan: payment.kind,
  totalMinor: total.amountMinor,
  refundId: payment.refundId,
});

/** A saga of an order: its row and what the order's row holds of it. */
export function readSaga(row: Selectable<Schema['sagas']>, order: OrderRecord): Saga {
  const saga: Saga = {
    orderId: row.order_id,
    terms: termsOf(order.content),
    state: SagaState.parse(row.state),
    ...bodyColumn.read(row.body),
    view: order.view,
  };
  return withParcel(saga);
}

/** Rows from before the parcel was followed say no more than that it was confirmed. */
function withParcel(saga: Saga): Saga {
  if (saga.shipment !== 'confirmed') return saga;
  if (saga.state === 'SHIPPED') return { ...saga, shipment: 'shipped' };
  return saga.state === 'COMPLETED' ? { ...saga, shipment: 'delivered' } : saga;
}

/** The row's text of a saga. */
export function writeSagaBody(saga: Saga): string {
  const { orderId: _id, terms: _terms, state: _state, view: _view, ...body } = saga;
  return bodyColumn.write(body);
}

export const orderColumns = [
  'orders.id',
  'orders.number',
  'orders.user_id',
  'orders.email',
  'orders.cart_id',
  'orders.cart_version',
  'orders.version',
  'orders.content',
  'orders.view',
  'orders.placed_at',
  'orders.updated_at',
] as const;
type OrderRow = Pick<
  Selectable<Schema['orders']>,
  | 'id'
  | 'number'
  | 'user_id'
  | 'email'
  | 'cart_id'
  | 'cart_version'
  | 'version'
  | 'content'
  | 'view'
  | 'placed_at'
  | 'updated_at'
>;

export const readOrder = (row: OrderRow): OrderRecord => ({
  id: row.id,
  number: row.number,
  userId: row.user_id ?? undefined,
  email: row.email,
  cartId: row.cart_id,
  cartVersion: Number(row.cart_version),
  version: row.version,
  content: contentColumn.read(row.content),
  view: viewColumn.read(row.view),
  placedAt: row.placed_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});
