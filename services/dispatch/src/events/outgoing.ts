import { draft, type OutgoingMessage } from '@shopstack/bus/message';
import * as contract from '@shopstack/contracts/messages';
import type { OrderStatus } from '@shopstack/contracts/order';
import { type OrderRecord, toFact } from '../domain/order.ts';
import type { CommandName } from '../domain/saga/messages.ts';
import type { Effect } from '../domain/saga/saga.ts';
import type { Timing } from '../domain/saga/timing.ts';
import type { Compose } from '../store/transitions.ts';

interface Circumstances {
  /** What the browser got from the provider; travels once and is then forgotten. */
  paymentToken?: string | undefined;
  paymentAttempts: number;
  causationId?: string | undefined;
}
type Send = Extract<Effect, { kind: 'send' }>;

/** How the store turns effects into messages without knowing any of them. */
export const composer =
  ({ paymentAttempts }: Pick<Timing, 'paymentAttempts'>): Compose =>
  (order, effects, circumstances) =>
    messagesOf(order, effects, { ...circumstances, paymentAttempts });

/** The messages that a transition leaves to send, from the order as it is after it. */
function messagesOf(
  order: OrderRecord,
  effects: readonly Effect[],
  circumstances: Circumstances,
): OutgoingMessage[] {
  const statuses = effects.filter((it) => it.kind === 'status');
  const firstVersion = order.version - statuses.length + 1;
  return effects.flatMap((effect) => {
    if (effect.kind === 'send') return [commandOf(order, effect, circumstances)];
    if (effect.kind === 'status') {
      const version = firstVersion + statuses.indexOf(effect);
      return [factOf(order, effect.status, version, circumstances.causationId)];
    }
    if (effect.kind !== 'notify') return [];
    const data = { orderId: order.id, template: effect.template, channel: 'email' as const };
    return [draft(contract.notificationSend, { subject: order.id, data, ...caused(circumstances) })];
  });
}

const caused = ({ causationId }: Circumstances) => ({ causationId });

/** Sold goods of an order come back once, whoever asks for it. */
const RESTOCK_KEY = 'undone';

function commandOf(order: OrderRecord, { command, round }: Send, how: Circumstances): OutgoingMessage {
  const { content, view } = order;
  const envelope = { subject: order.id, ...caused(how) };
  const saga = { orderId: order.id, round };
  const lines = content.lines.map(({ sku, quantity }) => ({ sku, quantity }));
  const pay = { ...saga, paymentId: content.payment.id };
  const follower = {
    ...(order.userId === undefined ? {} : { userId: order.userId }),
    ...(content.followTokenHash === undefined ? {} : { followTokenHash: content.followTokenHash }),
  };
  const drafts: Record<CommandName, () => OutgoingMessage> = {
    'stock.reserve': () => draft(contract.stockReserve, { ...envelope, data: { ...saga, lines } }),
    'stock.renew': () => draft(contract.stockRenew, { ...envelope, data: saga }),
    'stock.commit': () => draft(contract.stockCommit, { ...envelope, data: saga }),
    'stock.release': () => draft(contract.stockRelease, { ...envelope, data: saga }),
    'stock.restock': () =>
      draft(contract.stockRestock, { ...envelope, data: { ...saga, key: RESTOCK_KEY, lines } }),
    'shipment.hold': () => {
      const { quoteId, address, destination } = content;
      const { method } = content.delivery;
      const data = { ...saga, ...follower, quoteId, method, address, destination, lines };
      return draft(contract.shipmentHold, { ...envelope, data });
    },
    'shipment.confirm': () => draft(contract.shipmentConfirm, { ...envelope, data: saga }),
    'shipment.cancel': () => draft(contract.shipmentCancel, { ...envelope, data: saga }),
    'payment.authorise': () => {
      const data = {
        ...pay,
        ...follower,
        amount: content.total,
        method: content.payment.method,
        token: how.paymentToken ?? '',
        country: content.address.country,
        maxAttempts: how.paymentAttempts,
      };
      return draft(contract.paymentAuthorise, { ...envelope, data });
    },
    'payment.capture': () =>
      draft(contract.paymentCapture, { ...envelope, data: { ...pay, amount: content.total } }),
    'payment.void': () => draft(contract.paymentVoid, { ...envelope, data: pay }),
    'payment.refund': () => {
      const { refundId } = content.payment;
      const reason = view.reason?.code ?? 'cancelled';
      return draft(contract.paymentRefund, {
        ...envelope,
        data: { ...pay, refundId, amount: content.total, reason },
      });
    },
  };
  return drafts[command]();
}

const facts = {
  placed: contract.orderPlaced,
  'stock-reserved': contract.orderStockReserved,
  'awaiting-payment': contract.orderAwaitingPayment,
  confirmed: contract.orderConfirmed,
  shipped: contract.orderShipped,
  completed: contract.orderCompleted,
  cancelling: contract.orderCancelling,
  rejected: contract.orderRejected,
  cancelled: contract.orderCancelled,
  refunding: contract.orderRefunding,
  refunded: contract.orderRefunded,
  'attention-required': contract.orderAttentionRequired,
} as const satisfies Record<OrderStatus, unknown>;

function factOf(
  order: OrderRecord,
  status: OrderStatus,
  version: number,
  causationId: string | undefined,
): OutgoingMessage {
  return draft(facts[status], { subject: order.id, data: toFact(order, status, version), causationId });
}
