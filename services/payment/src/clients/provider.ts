import type { PaymentMethod } from '@shopstack/contracts/payment';
import type { z } from 'zod';
import type { Outcome } from '../domain/payment.ts';
import type { AttemptRecord } from '../store/attempts.ts';
import type { PaymentRecord } from '../store/payments.ts';

export type Method = z.infer<typeof PaymentMethod>;
export interface Where {
  country: string;
  currency: string;
}

/** Who takes the money. Everything else about a payment is the same whoever it is. */
export interface Provider {
  readonly method: Method;
  isOffered(where: Where): boolean;
  /** Whether a token can be this method's at all: a wrong one is not worth a call. */
  mayBeToken(token: string): boolean;
  /**
   * The provider's word on an attempt. What was asked before is looked up first. Throws when there is no usable answer:
   * then nobody knows.
   */
  ask(payment: PaymentRecord, attempt: AttemptRecord): Promise<Outcome>;
  close(): Promise<void>;
}

/** The configured providers, by the method that they offer. */
export function createProviders(all: readonly Provider[]) {
  const find = (method: string) => all.find((it) => it.method.id === method);
  return {
    methods: (where: Where): Method[] => all.filter((it) => it.isOffered(where)).map(({ method }) => method),
    find,
    ask(payment: PaymentRecord, attempt: AttemptRecord): Promise<Outcome> {
      const provider = find(payment.method);
      if (!provider) throw new Error(`nobody here takes ${payment.method}`);
      return provider.ask(payment, attempt);
    },
    close: async () => {
      await Promise.all(all.map((it) => it.close()));
    },
  };
}
export type Providers = ReturnType<typeof createProviders>;
