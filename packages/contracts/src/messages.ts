import { z } from 'zod';
import { Destination } from './cart.ts';
import { Rating } from './catalogue.ts';
import { command, event } from './message.ts';
import { NextAction, OrderSummary } from './order.ts';
import { Address, Country, Id, Money, ProductId, Quantity, Sku, SkuQuantity, Time } from './primitives.ts';
import { DeliveryMethod } from './shipping.ts';

/** `round` counts how often the saga asked for the same step of the same order: a re-sent command keeps its round. */
const saga = { orderId: Id, round: z.int().min(1) };

export const stockReserve = command(
  'stock.reserve.v1',
  'Hold these units for the order',
  z.object({ ...saga, lines: z.array(SkuQuantity).min(1) }),
);
export const stockRenew = command('stock.renew.v1', 'Keep the hold for another lease', z.object(saga));
export const stockCommit = command('stock.commit.v1', 'The held units are sold', z.object(saga));
export const stockRelease = command('stock.release.v1', 'Give the held units back', z.object(saga));
export const stockRestock = command(
  'stock.restock.v1',
  'Sold units come back into stock, once per key',
  z.object({ ...saga, key: z.string(), lines: z.array(SkuQuantity).min(1) }),
);
export const stockReserved = event('stock.reserved.v1', 'All units are held', z.object(saga));
export const stockRejected = event(
  'stock.rejected.v1',
  'Not enough; nothing is held',
  z.object({ ...saga, shortages: z.array(z.object({ sku: Sku, requested: Quantity, available: z.int() })) }),
);
export const stockCommitted = event('stock.committed.v1', 'The units are sold', z.object(saga));
export const stockCommitRejected = event(
  'stock.commit-rejected.v1',
  'There is no hold to sell from',
  z.object(saga),
);
export const stockReleased = event('stock.released.v1', 'Nothing is held any more', z.object(saga));
export const stockRestocked = event(
  'stock.restocked.v1',
  'The units are back in stock',
  z.object({ ...saga, key: z.string() }),
);
export const stockLeaseExpired = event(
  'stock.lease-expired.v1',
  'The hold is older than its lease; it still stands',
  z.object(saga),
);

export const shipmentHold = command(
  'shipment.hold.v1',
  'Book delivery, not yet to be sent',
  z.object({
    ...saga,
    quoteId: Id,
    method: DeliveryMethod,
    address: Address,
    destination: Destination,
    lines: z.array(SkuQuantity),
    userId: Id.optional(),
    followTokenHash: z.string().optional(),
  }),
);
export const shipmentConfirm = command('shipment.confirm.v1', 'Send it', z.object(saga));
export const shipmentCancel = command('shipment.cancel.v1', 'Do not send it', z.object(saga));
const shipment = { ...saga, shipmentId: Id };
export const shipmentHeld = event('shipment.held.v1', 'Delivery is booked', z.object(shipment));
export const shipmentHoldRejected = event(
  'shipment.hold-rejected.v1',
  'We cannot deliver this',
  z.object({ ...saga, reason: z.string() }),
);
export const shipmentConfirmed = event(
  'shipment.confirmed.v1',
  'The carrier has it on its list',
  z.object({ ...shipment, trackingCode: z.string() }),
);
export const shipmentCancelled = event('shipment.cancelled.v1', 'It will not be sent', z.object(saga));
export const shipmentCancelRejected = event(
  'shipment.cancel-rejected.v1',
  'It left already',
  z.object({ ...saga, state: z.string() }),
);
const moved = z.object({ orderId: Id, shipmentId: Id, trackingCode: z.string(), at: Time });
export const shipmentDispatched = event('shipment.dispatched.v1', 'The parcel left us', moved);
export const shipmentInTransit = event('shipment.in-transit.v1', 'The parcel is on its way', moved);
export const shipmentDelivered = event('shipment.delivered.v1', 'The parcel arrived', moved);
export const shipmentLost = event('shipment.lost.v1', 'The parcel is lost', moved);

const pay = { ...saga, paymentId: Id };
const payFor = {
  ...pay,
  amount: Money,
  method: z.string(),
  /** A provider's token of a card, or a wallet's phone number in international form, digits only. */
  token: z.string(),
  country: Country,
  maxAttempts: z.int().min(1),
  userId: Id.optional(),
  followTokenHash: z.string().optional(),
};
export const paymentAuthorise = command(
  'payment.authorise.v1',
  'Reserve the amount on the card',
  z.object(payFor),
);
export const paymentCharge = command(
  'payment.charge.v1',
  'Take the amount from a mobile wallet: the customer confirms on the phone',
  z.object(payFor),
);
export const paymentCapture = command(
  'payment.capture.v1',
  'Take the reserved amount',
  z.object({ ...pay, amount: Money }),
);
export const paymentVoid = command(
  'payment.void.v1',
  'Let the reserved amount go; refuses every later do',
  z.object(pay),
);
export const paymentRefund = command(
  'payment.refund.v1',
  'Give captured money back, once per refund',
  z.object({ ...pay, refundId: Id, amount: Money, reason: z.string() }),
);
export const paymentActionRequired = event(
  'payment.action-required.v1',
  'The customer must confirm',
  z.object({ ...pay, nextAction: NextAction }),
);
export const paymentAuthorised = event(
  'payment.authorised.v1',
  'The amount is reserved',
  z.object({ ...pay, amount: Money }),
);
export const paymentDeclined = event(
  'payment.declined.v1',
  'A try failed; `final` says whether another is allowed, `tries` how many there were: two words on one try have the same',
  z.object({ ...pay, final: z.boolean(), reason: z.string(), tries: z.int().min(0).optional() }),
);
export const paymentCaptured = event(
  'payment.captured.v1',
  'The money is taken',
  z.object({ ...pay, amount: Money }),
);
export const paymentCaptureFailed = event(
  'payment.capture-failed.v1',
  'The money could not be taken and will not be',
  z.object({ ...pay, reason: z.string() }),
);
export const paymentVoided = event(
  'payment.voided.v1',
  'Nothing is reserved and nothing will be taken',
  z.object(pay),
);
export const paymentVoidFailed = event(
  'payment.void-failed.v1',
  'The money was taken already',
  z.object({ ...pay, captured: Money }),
);
export const paymentRefunded = event(
  'payment.refunded.v1',
  'The money went back',
  z.object({ ...pay, refundId: Id, amount: Money }),
);
export const paymentRefundFailed = event(
  'payment.refund-failed.v1',
  'The money could not be given back',
  z.object({ ...pay, refundId: Id, reason: z.string() }),
);

export const paymentExpired = event(
  'payment.expired.v1',
  'The customer did not confirm in time and nothing was taken; another attempt is allowed',
  z.object({ ...pay, reason: z.string() }),
);
export const paymentLateSuccess = event(
  'payment.late-success.v1',
  'Money was taken after the payment had been given up; it must go back',
  z.object({ ...pay, amount: Money }),
);
export const paymentDisputed = event(
  'payment.disputed.v1',
  "The cardholder's bank asks for the money back; `lost` means it was taken from us",
  z.object({ ...pay, disputeId: z.string(), amount: Money, state: z.enum(['opened', 'won', 'lost']) }),
);

/** State of an order as every follower may know it. `emailKey` is a keyed hash, never the address. */
export const OrderFact = OrderSummary.extend({
  userId: Id.optional(),
  cartId: z.string(),
  cartVersion: z.int(),
  deliveryCountry: Country,
});
export type OrderFact = z.infer<typeof OrderFact>;
const order = <T extends string>(type: T, summary: string) => event(type, summary, OrderFact);
export const orderPlaced = order('order.placed.v1', 'An order was accepted');
export const orderStockReserved = order('order.stock-reserved.v1', 'Its goods are held');
export const orderAwaitingPayment = order('order.awaiting-payment.v1', 'The customer has to act');
export const orderConfirmed = order('order.confirmed.v1', 'It is paid and will be sent');
export const orderCancelling = order('order.cancelling.v1', 'It is being undone');
export const orderRejected = order('order.rejected.v1', 'It could not be fulfilled and nothing was taken');
export const orderCancelled = order('order.cancelled.v1', 'It was cancelled and nothing was kept');
export const orderRefunding = order('order.refunding.v1', 'Its money is going back');
export const orderRefunded = order('order.refunded.v1', 'Its money went back');
export const orderShipped = order('order.shipped.v1', 'It left us');
export const orderCompleted = order('order.completed.v1', 'It arrived');
export const orderRefundChanged = order('order.refund-changed.v1', 'Part of its money goes or went back');
export const orderAttentionRequired = order('order.attention-required.v1', 'A person has to look at it');
export const orderEvents = [
  orderPlaced,
  orderStockReserved,
  orderAwaitingPayment,
  orderConfirmed,
  orderCancelling,
  orderRejected,
  orderCancelled,
  orderRefunding,
  orderRefunded,
  orderShipped,
  orderCompleted,
  orderRefundChanged,
  orderAttentionRequired,
] as const;

export const notificationSend = command(
  'notification.send.v1',
  'Tell the customer, by reference only',
  z.object({
    orderId: Id,
    template: z.enum([
      'order-confirmed',
      'order-rejected',
      'order-cancelled',
      'order-refunded',
      'order-shipped',
      'order-delivered',
      'payment-action',
      'return-requested',
      'refund-made',
    ]),
    channel: z.enum(['email']),
    /** Which of several of the same kind, for example a refund's id. */
    about: Id.optional(),
  }),
);

const product = z.object({ productId: ProductId, skus: z.array(Sku), version: z.int() });
export const productCreated = event('product.created.v1', 'A product is new', product);
export const productUpdated = event('product.updated.v1', 'A product changed', product);
export const productPriceChanged = event(
  'product.price-changed.v1',
  'A variant costs something else',
  z.object({ productId: ProductId, sku: Sku, price: Money, version: z.int() }),
);
export const productDiscontinued = event('product.discontinued.v1', 'A product is off sale', product);
export const stockLevelChanged = event(
  'stock.level-changed.v1',
  'Units for sale changed',
  z.object({ sku: Sku, available: z.int() }),
);
export const ratingAggregateChanged = event(
  'rating.aggregate-changed.v1',
  'Votes on a product changed',
  z.object({ productId: ProductId, rating: Rating, version: z.int() }),
);

const user = z.object({ userId: Id });
export const userRegistered = event('user.registered.v1', 'An account was opened', user);
export const userUpdated = event('user.updated.v1', 'An account changed', user.extend({ version: z.int() }));
