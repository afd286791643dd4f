import type { Outcome } from './payment.ts';

/** Daraja takes 12 characters: the random end of the order's id. */
export const accountReference = (orderId: string): string => orderId.slice(-12);

/** A Kenyan mobile number in international form, digits only. */
export const isPhone = (text: string): boolean => /^254[17]\d{8}$/.test(text);

/** M-Pesa is Kenya's, in the one currency that we have an account in. */
export const isOfferedIn = (where: { country: string; currency: string }, currency: string): boolean =>
  where.country === 'KE' && where.currency === currency;

/** Real shillings have no cents at M-Pesa. */
export const isPayable = (amountMinor: number, currency: string): boolean =>
  currency !== 'KES' || amountMinor % 100 === 0;

/** M-Pesa's last word on a prompt. */
export function outcomeOfCode(code: string): Extract<Outcome, { reason: string }> {
  switch (code) {
    case '1032':
      return { kind: 'declined', final: false, reason: 'cancelled-by-customer' };
    case '1':
      return { kind: 'declined', final: false, reason: 'insufficient-funds' };
    case '2001':
      return { kind: 'declined', final: false, reason: 'wrong-pin' };
    case '1019':
    case '1037':
      return { kind: 'expired', reason: 'not-confirmed-in-time', watch: false };
    default:
      return { kind: 'declined', final: false, reason: `mpesa-${code.slice(0, 20)}` };
  }
}
