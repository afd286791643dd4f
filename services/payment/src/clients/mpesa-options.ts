import type { AttemptTokens } from '../domain/attempt-token.ts';
import type { Daraja } from './daraja.ts';

export interface MpesaOptions {
  daraja: Daraja;
  tokens: AttemptTokens;
  /** The attempt's token is added to it. */
  callbackUrl: string;
  currency: string;
  /** How long the customer has; longer than M-Pesa's own patience. */
  confirmMs: number;
  /** How long a reversal that left no trace is waited for before it is sent again. */
  reverseAgainMs: number;
  /** Phone numbers to try, with the simulator. */
  testing: boolean;
}
