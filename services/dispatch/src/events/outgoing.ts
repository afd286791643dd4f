import { draft, type OutgoingMessage } from '@shopstack/bus/message';
import * as contract from '@shopstack/contracts/messages';
import type { OrderStatus } from '@shopstack/contracts/order';
import { type OrderRecord, toFact } from '../domain/order.ts';
import type { CommandName } from '../domain/saga/messages.ts';
import { refundIdOf } from '../domain/saga/refund-id.ts';
import type { Effect } from '../domain/saga/saga.ts';
import type { Timing } from '../domain/saga/timing.ts';
import type { Compose, Composed } from '../store/transitions.ts';

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

type Shown = Extract<Effect, { status: OrderStatus }>;
type Told = Extract<Effect, { kind: 'send' | 'notify' | Shown['kind'] }>;
const isShown = (it: Effect): it is Shown => 'status' in it;
const isTold = (it: Effect): it is Told => isShown(it) || it.kind === 'send' || it.kind === 'notify';

/** The messages that a transition leaves to send, from the order as it is after it. */
function messagesOf(
  order: OrderRecord,
  effects: readonly Effect[],
  circumstances: Circumstances,
): Composed[] {
  const changes = effects.filter(isShown);
  const firstVersion = order.version - changes.length + 1;
  const messageOf = (effect: Told): OutgoingMessage => {
    if (effect.kind === 'send') return commandOf(order, effect, circumstances);
    if (effect.kind === 'notify') return letterOf(order, effect, circumstances);
    return factOf(order, effect, {
      version: firstVersion + changes.indexOf(effect),
      ...caused(circumstances),
    });
  };
  return effects.filter(isTold).map((effect) => ({ effect, message: messageOf(effect) }));
}

const letterOf = (
  order: OrderRecord,
  { template, about }: Extract<Effect, { kind: 'notify' }>,
  circumstances: Circumstances,
) =>
  draft(contract.notificationSend, {
    subject: order.id,
    data: { orderId: order.id, template, channel: 'email', ...(about === undefined ? {} : { about }) },
    ...caused(circumstances),
  });

const caused = ({ causationId }: Circumstances) => ({ causationId });

/** Sold goods of an order come back once, whoever asks for it. */
const RESTOCK_KEY = 'undone';

function commandOf(order: OrderRecord, asking: Send, how: Circumstances): OutgoingMessage {
  const { content, view } = order;
  const { command, round, part } = asking;
  const refund = view.refunds?.find(({ id }) => id === part);
  const envelope = { subject: order.id, ...caused(how) };
  const saga = { orderId: order.id, round };
  const lines = content.lines.map(({ sku, quantity }) => ({ sku, quantity }));
  const pay = { ...saga, paymentId: content.payment.id };
  const follower = {
    ...(order.userId === undefined ? {} : { userId: order.userId }),
    ...(content.followTokenHash === undefined ? {} : { followTokenHash: content.followTokenHash }),
  };
  const first = {
    ...pay,
    ...follower,
    amount: content.total,
    method: content.payment.method,
    token: how.paymentToken ?? '',
    country: content.address.country,
    maxAttempts: how.paymentAttempts,
  };
  const drafts: Record<CommandName, () => OutgoingMessage> = {
    'stock.reserve': () => draft(contract.stockReserve, { ...envelope, data: { ...saga, lines } }),
    'stock.renew': () => draft(contract.stockRenew, { ...envelope, data: saga }),
    'stock.commit': () => draft(contract.stockCommit, { ...envelope, data: saga }),
    'stock.release': () => draft(contract.stockRelease, { ...envelope, data: saga }),
    'stock.restock': () =>
      draft(contract.stockRestock, {
        ...envelope,
        data: { ...saga, key: refund?.id ?? RESTOCK_KEY, lines: refund?.lines ?? lines },
      }),
    'shipment.hold': () => {
      const { quoteId, address, destination } = content;
      const { method } = content.delivery;
      const data = { ...saga, ...follower, quoteId, method, address, destination, lines };
      return draft(contract.shipmentHold, { ...envelope, data });
    },
    'shipment.confirm': () => draft(contract.shipmentConfirm, { ...envelope, data: saga }),
    'shipment.cancel': () => draft(contract.shipmentCancel, { ...envelope, data: saga }),
    'payment.authorise': () => draft(contract.paymentAuthorise, { ...envelope, data: first }),
    'payment.charge': () => draft(contract.paymentCharge, { ...envelope, data: first }),
    'payment.capture': () =>
      draft(contract.paymentCapture, { ...envelope, data: { ...pay, amount: content.total } }),
    'payment.void': () => draft(contract.paymentVoid, { ...envelope, data: pay }),
    'payment.refund': () => {
      const amount = refund?.amount ?? {
        ...content.total,
        amountMinor: asking.amountMinor ?? content.total.amountMinor,
      };
      const refundId = refundIdOf(refund?.id ?? content.payment.refundId, round);
      const reason = refund?.kind ?? view.reason?.code ?? 'cancelled';
      return draft(contract.paymentRefund, { ...envelope, data: { ...pay, refundId, amount, reason } });
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
  { kind, status }: Shown,
  { version, causationId }: { version: number; causationId?: string | undefined },
): OutgoingMessage {
  const definition = kind === 'refund-changed' ? contract.orderRefundChanged : facts[status];
  return draft(definition, { subject: order.id, data: toFact(order, status, version), causationId });
}
