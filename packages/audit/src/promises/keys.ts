import type { Fault } from '../facts.ts';

/** An Idempotency-Key of dispatch with its kept answer. */
export interface KeptAnswer {
  /** Who asked, then the operation: `user:<id> post /orders`. */
  scope: string;
  key: string;
  status: number | null;
  orderId: string | null;
}
/** What was answered about an order. */
export const concernsOrder = ({ scope, status, orderId }: KeptAnswer): boolean =>
  orderId !== null && status !== null && status < 300 && / post \/orders(\/|$)/.test(scope);

/** I7: an answer that is repeated for ever is true. */
export function judgeAnswers(answers: readonly KeptAnswer[], existing: ReadonlySet<string>): Fault[] {
  return answers.flatMap(({ key, orderId }) =>
    orderId === null || existing.has(orderId)
      ? []
      : [{ id: orderId, detail: `key ${key} answers with it and it does not exist` }],
  );
}
