import type { CommandName } from './messages.ts';
import type { PaymentKnowledge, Saga, ShipmentKnowledge, StockKnowledge } from './saga.ts';

const stock: Partial<Record<StockKnowledge, CommandName>> = {
  reserving: 'stock.reserve',
  committing: 'stock.commit',
  releasing: 'stock.release',
  restocking: 'stock.restock',
};
const shipment: Partial<Record<ShipmentKnowledge, CommandName>> = {
  holding: 'shipment.hold',
  confirming: 'shipment.confirm',
  cancelling: 'shipment.cancel',
};
const payment: Partial<Record<PaymentKnowledge, CommandName>> = {
  authorising: 'payment.authorise',
  capturing: 'payment.capture',
  voiding: 'payment.void',
  refunding: 'payment.refund',
};

/** The commands that have no answer yet. */
export const outstandingCommands = (saga: Saga): CommandName[] =>
  [stock[saga.stock], shipment[saga.shipment], payment[saga.payment]].filter((it) => it !== undefined);
