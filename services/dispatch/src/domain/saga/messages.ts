import type { DataOf } from '@shopstack/contracts/message';
import * as contract from '@shopstack/contracts/messages';

/** Everything the participants may tell the saga: answers to its commands and what happens to a parcel. */
export const replies = [
  contract.stockReserved,
  contract.stockRejected,
  contract.stockCommitted,
  contract.stockCommitRejected,
  contract.stockReleased,
  contract.stockRestocked,
  contract.stockLeaseExpired,
  contract.shipmentHeld,
  contract.shipmentHoldRejected,
  contract.shipmentConfirmed,
  contract.shipmentCancelled,
  contract.shipmentCancelRejected,
  contract.shipmentDispatched,
  contract.shipmentInTransit,
  contract.shipmentDelivered,
  contract.shipmentLost,
  contract.paymentActionRequired,
  contract.paymentAuthorised,
  contract.paymentDeclined,
  contract.paymentCaptured,
  contract.paymentCaptureFailed,
  contract.paymentVoided,
  contract.paymentVoidFailed,
  contract.paymentRefunded,
  contract.paymentRefundFailed,
  contract.paymentExpired,
  contract.paymentLateSuccess,
  contract.paymentDisputed,
] as const;

type Definition = (typeof replies)[number];
export type ReplyType = Definition['type'];
/** What each type of reply carries. */
export type ReplyData = { [D in Definition as D['type']]: DataOf<D> };
export interface ReplyOf<T extends ReplyType> {
  type: T;
  data: ReplyData[T];
}
export type Reply = { [T in ReplyType]: ReplyOf<T> }[ReplyType];

/** What the saga asks for, by the name of the message without its version. */
export type CommandName =
  | 'stock.reserve'
  | 'stock.renew'
  | 'stock.commit'
  | 'stock.release'
  | 'stock.restock'
  | 'shipment.hold'
  | 'shipment.confirm'
  | 'shipment.cancel'
  | 'payment.authorise'
  | 'payment.charge'
  | 'payment.capture'
  | 'payment.void'
  | 'payment.refund';
