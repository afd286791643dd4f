import type { CommandName } from './messages.ts';
import type { Asking, Part, PaymentKnowledge, Saga, ShipmentKnowledge, StockKnowledge } from './saga.ts';

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
  charging: 'payment.charge',
  capturing: 'payment.capture',
  voiding: 'payment.void',
  refunding: 'payment.refund',
};

/** The commands that have no answer yet. */
export function outstandingCommands(saga: Saga): Asking[] {
  const whole = [stock[saga.stock], shipment[saga.shipment], payment[saga.payment]];
  return [
    ...whole.filter((it) => it !== undefined).map((command) => ({ command })),
    ...(saga.parts ?? []).flatMap(outstandingOf),
  ];
}

export const outstandingOf = ({ id, stock: goods, money }: Part): Asking[] => [
  ...(goods === 'restocking' ? [{ command: 'stock.restock', part: id } as const] : []),
  ...(money === 'refunding' ? [{ command: 'payment.refund', part: id } as const] : []),
];
