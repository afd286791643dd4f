import type { Order } from '@shopstack/contracts/order';

/** Paid by confirming on a phone: there is no card and no bank, and the money is taken in one step. */
export const isByPhone = ({ payment }: { payment: Pick<Order['payment'], 'method'> }): boolean =>
  payment.method === 'mpesa';

/** Texts that speak of a card or a bank have a variant for the phone: `key_phone`. */
export const wordsFor = (order: { payment: Pick<Order['payment'], 'method'> }) =>
  isByPhone(order) ? ({ context: 'phone' } as const) : {};
