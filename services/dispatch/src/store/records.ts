import { Destination } from '@shopstack/contracts/cart';
import {
  NextAction,
  OrderLine,
  OrderReason,
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
import { type OrderView, type Saga, sagaStates } from '../domain/saga/saga.ts';
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
  payment: z.object({ id: Id, refundId: Id, method: z.string() }),
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
});
/** The saga without its view, which lives in the order's row. */
const Body = z.object({
  undoing: z.boolean(),
  stock: z.enum(['idle', 'reserving', 'held', 'committing', 'committed', 'releasing', 'restocking', 'clean']),
  shipment: z.enum(['idle', 'holding', 'held', 'confirming', 'confirmed', 'cancelling', 'clean', 'stuck']),
  payment: z.enum([
    'idle',
    'authorising',
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
  resends: z.int(),
  customerUntil: z.string().exactOptional(),
});
export const SagaState = z.enum(sagaStates);

export const contentColumn = jsonColumn<OrderContent>(Content);
export const viewColumn = jsonColumn<OrderView>(View);
export const bodyColumn = jsonColumn(Body);

export const readSaga = (row: Selectable<Schema['sagas']>, view: OrderView): Saga => ({
  orderId: row.order_id,
  state: SagaState.parse(row.state),
  ...bodyColumn.read(row.body),
  view,
});

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
