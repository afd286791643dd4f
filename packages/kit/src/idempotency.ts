import { createHash } from 'node:crypto';

/** What an operation answers; `body` is JSON. */
export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}
/** Proof of the right to answer for a key; a later claimer (after the lease) has another `lease`. */
export interface IdempotencyRef {
  scope: string;
  key: string;
  lease: string;
}
export type Claim =
  | { state: 'started'; ref: IdempotencyRef }
  | { state: 'running' }
  | { state: 'reused' }
  | { state: 'answered'; answer: Answer };

/**
 * Where keys and answers are kept, at least 48 hours. A claim is a lease of 30 s, then taken over.
 * A 2xx answer is also written inside the business transaction (by the service's own store); `keep` after it is a no-op.
 */
export interface IdempotencyStore {
  claim(claim: { scope: string; key: string; bodyHash: string }): Promise<Claim>;
  keep(ref: IdempotencyRef, answer: Answer): Promise<void>;
  release(ref: IdempotencyRef): Promise<void>;
}

const neverKept = new Set([401, 403, 408, 429]);
/** 2xx and business 4xx are answers for ever; the rest leaves the key free. */
export const isKept = (status: number): boolean => status < 500 && !neverKept.has(status);

/** SHA-256 over JSON with sorted keys: the same content in another order is the same request. */
export function hashBody(body: unknown): string {
  return createHash('sha256').update(canonical(body)).digest('hex');
}
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
}
