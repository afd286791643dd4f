import type { Operation } from '@shopstack/contracts/operation';
import type { Request } from 'express';
import { problemAnswer, toProblem } from './faults.ts';
import { type Answer, hashBody, type IdempotencyRef, type IdempotencyStore, isKept } from './idempotency.ts';
import type { Principal } from './principal.ts';
import { problem } from './problem.ts';

/** Who asks for what, as a store for keys knows it; the resource's canonical path, however it was written. */
export function scopeOf(operation: Operation, req: Request, principal: Principal): string {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name) =>
    encodeURIComponent(String(req.params[name])),
  );
  return `${callerOf(operation, req, principal)} ${operation.method} ${path}`;
}

/** Guests have no identity of their own: their cart's cookie or the order they follow stands for them. */
function callerOf(operation: Operation, req: Request, principal: Principal): string {
  if (principal.kind === 'user') return `user:${principal.id}`;
  if (principal.kind === 'partner') return `partner:${principal.name}`;
  const cart = req.get('cookie')?.match(/(?:^|;\s*)cart=([^;]+)/)?.[1];
  const shown = (operation.policy.kind === 'follower' ? req.get('follow-token') : cart) ?? '';
  return `guest:${hashBody(shown)}`;
}

export function readKey(req: Request): string {
  const key = req.get('idempotency-key');
  if (key === undefined || key === '') throw problem('idempotency-key-missing');
  if (!/^[\x20-\x7e]{1,255}$/.test(key)) throw problem('idempotency-key-invalid');
  return key;
}

/** The first answer to a key, made by `answer` or replayed; what is never kept frees the key. */
export async function answerOnce<Streamed extends symbol>(
  store: IdempotencyStore,
  request: { scope: string; key: string; bodyHash: string; requestId: string },
  answer: (ref: IdempotencyRef) => Promise<Answer | Streamed>,
): Promise<Answer | Streamed> {
  const { scope, key, bodyHash } = request;
  const claim = await store.claim({ scope, key, bodyHash });
  if (claim.state === 'running')
    throw problem('idempotency-key-running', undefined, { retryAfterSeconds: 1 });
  if (claim.state === 'reused') throw problem('idempotency-key-reused');
  if (claim.state === 'answered') return claim.answer;
  try {
    const made = await answer(claim.ref);
    await settle(store, claim.ref, typeof made === 'symbol' ? undefined : made);
    return made;
  } catch (error) {
    const told = toProblem(error);
    await settle(store, claim.ref, problemAnswer(told, request.requestId));
    throw told;
  }
}

async function settle(store: IdempotencyStore, ref: IdempotencyRef, answer?: Answer): Promise<void> {
  if (answer && isKept(answer.status)) await store.keep(ref, answer);
  else await store.release(ref).catch(() => undefined);
}
