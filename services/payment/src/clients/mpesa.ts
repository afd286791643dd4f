import { isOfferedIn, isPhone } from '../domain/mpesa.ts';
import type { Outcome } from '../domain/payment.ts';
import { askToCharge } from './asking-charges.ts';
import { askToReverse } from './asking-reversals.ts';
import type { MpesaOptions } from './mpesa-options.ts';
import type { Method, Provider } from './provider.ts';

const testTokens = [
  { token: '254700000001', effect: 'confirms after a moment' },
  { token: '254700000002', effect: 'says no: you may try again' },
  { token: '254700000003', effect: 'never answers: the payment expires' },
  { token: '254700000004', effect: 'confirms when it is too late: the money goes back' },
];
const refused: Outcome = { kind: 'refused', reason: 'not with this method' };

/** M-Pesa: the customer confirms on the phone, and what is confirmed is taken. */
export function createMpesa(options: MpesaOptions): Provider {
  const method: Method = {
    id: 'mpesa',
    kind: 'mobile-money',
    name: 'M-Pesa',
    provider: 'mpesa',
    ...(options.testing ? { testTokens } : {}),
  };
  return {
    method,
    isOffered: (where) => isOfferedIn(where, options.currency),
    mayBeToken: isPhone,
    async ask(payment, attempt) {
      if (attempt.kind === 'charge') return askToCharge(options, payment, attempt);
      return attempt.kind === 'refund' ? askToReverse(options, payment, attempt) : refused;
    },
    close: options.daraja.close,
  };
}
