/** A Kenyan mobile number as M-Pesa takes it: 254 and nine digits. Undefined when what was typed is none. */
export function mpesaNumber(typed: string): string | undefined {
  const digits = typed.replace(/[\s()./-]/g, '').replace(/^(?:\+|00)/, '');
  const subscriber = digits.replace(/^254/, '').replace(/^0/, '');
  return /^[17]\d{8}$/.test(subscriber) ? `254${subscriber}` : undefined;
}

/** The way people write it: +254 712 345 678. */
export const readableNumber = (digits: string): string =>
  `+${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6, 9)} ${digits.slice(9)}`;

/** What a test phone does is decided by its last two digits. */
export const testEnding = (digits: string): string => digits.slice(-2);

type Memory = Pick<Storage, 'getItem' | 'setItem'>;
const SHOWN_DIGITS = 3;
const keyOf = (orderId: string) => `payer:${orderId}`;

/** Which phone was asked to pay: its last digits only, until the tab is closed. */
export const rememberPayer = (memory: Memory, orderId: string, digits: string): void =>
  memory.setItem(keyOf(orderId), digits.slice(-SHOWN_DIGITS));

export const payerEnding = (memory: Memory, orderId: string): string | undefined =>
  memory.getItem(keyOf(orderId)) ?? undefined;
