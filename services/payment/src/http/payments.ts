import { createHash, timingSafeEqual } from 'node:crypto';
import {
  actOnPayment,
  attemptPayment,
  getPayment,
  listPaymentMethods,
  listPayments,
  type Payment,
} from '@shopstack/contracts/payment';
import { type Api, type Call, ok } from '@shopstack/kit/api';
import type { Answer } from '@shopstack/kit/idempotency';
import { decodeCursor } from '@shopstack/kit/page';
import { hasRole } from '@shopstack/kit/principal';
import { problem } from '@shopstack/kit/problem';
import { uuidv7 } from '@shopstack/kit/uuid';
import { learn } from '@shopstack/kit/work';
import type { Database } from '@shopstack/sql/database';
import { keepAnswer } from '@shopstack/sql/idempotency';
import type { Transaction } from 'kysely';
import { z } from 'zod';
import type { Provider, Providers } from '../clients/provider.ts';
import { mayTryAgain, nextAction } from '../domain/payment.ts';
import { attempts, type NewAttempt } from '../store/attempts.ts';
import { type PaymentRecord, payments as store } from '../store/payments.ts';
import type { Schema } from '../store/schema.ts';

interface Deps {
  database: Database<Schema>;
  providers: Pick<Providers, 'methods' | 'find'>;
  /** Asks providers about open attempts soon. */
  attempt: () => void;
}
type Who = Pick<Call<typeof getPayment>, 'principal' | 'followToken'>;

export function payments(api: Api, deps: Deps): void {
  const { database } = deps;

  api.on(listPaymentMethods, async ({ query }) => ok({ items: deps.providers.methods(query) }));

  api.on(listPayments, async (call) => {
    decodeCursor(z.never(), call.query.cursor);
    const mine = (await store.byOrder(database.db, call.query.orderId)).filter((it) => mayUse(it, call));
    return ok({ items: await Promise.all(mine.map((it) => present(database.db, it))), next: null });
  });

  api.on(getPayment, async (call) => {
    const it = await store.byId(database.db, call.params.id);
    if (!it || !mayUse(it, call)) throw problem('not-found');
    return ok(await present(database.db, it));
  });

  api.on(actOnPayment, async (call) => {
    const answer = await change(deps, call, async (trx, it) => {
      if (it.state !== 'action-required' || it.voidRequested || it.kind !== 'card')
        throw problem('no-action-pending');
      await store.save(trx, { ...it, state: 'authorising' });
      return { kind: 'confirm', outcome: call.body.outcome, amountMinor: it.amountMinor };
    });
    return answer;
  });

  api.on(attemptPayment, async (call) => {
    const { paymentMethod, paymentToken } = call.body;
    const provider = deps.providers.find(paymentMethod);
    if (!provider) throw problem('payment-method-unavailable');
    if (!provider.mayBeToken(paymentToken)) throw problem('validation-failed', undefined, wrongToken);
    return change(deps, call, async (trx, it) => {
      if (!mayTryAgain(it) || (await attempts.mayStillPay(trx, it.id))) throw problem('payment-not-open');
      if (!isSameKind(provider, it)) throw problem('payment-method-unavailable');
      await store.save(trx, { ...it, state: 'authorising', tries: it.tries + 1, method: paymentMethod });
      const kind = it.kind === 'card' ? 'authorise' : 'charge';
      return { kind, token: paymentToken, amountMinor: it.amountMinor };
    });
  });
}
const wrongToken = { errors: [{ pointer: '/paymentToken', detail: 'This method knows no such token.' }] };

/** The order's plan depends on how money is taken: cards are reserved first, mobile money is taken at once. */
const isSameKind = (provider: Provider, it: PaymentRecord): boolean =>
  provider.method.kind === it.kind && provider.isOffered(it);

/** One transaction: the payment, a new attempt and the answer that the key is for. */
async function change(
  deps: Deps,
  call: Call<typeof actOnPayment> | Call<typeof attemptPayment>,
  decide: (
    trx: Transaction<Schema>,
    it: PaymentRecord,
  ) => Promise<Pick<NewAttempt, 'kind' | 'token' | 'outcome' | 'amountMinor'>>,
): Promise<Answer> {
  const answer = await deps.database.transaction(async (trx) => {
    const it = await store.lock(trx, call.params.id);
    if (!it || !mayUse(it, call)) throw problem('not-found');
    learn({ orderId: it.orderId });
    const attempt = await decide(trx, it);
    await attempts.insert(trx, { id: uuidv7(), paymentId: it.id, round: it.round, ...attempt });
    const now = await store.byId(trx, it.id);
    const made: Answer = { status: 202, body: now && (await present(trx, now)) };
    if (call.idempotency) await keepAnswer(trx, call.idempotency, made);
    return made;
  });
  deps.attempt();
  return answer;
}

/** The buyer, whoever shows the token of a guest's order (signed in meanwhile or not), or support. */
function mayUse(it: PaymentRecord, { principal, followToken }: Who): boolean {
  if (hasRole(principal, 'support')) return true;
  if (it.userId !== null) return principal.kind === 'user' && it.userId === principal.id;
  if (!followToken || !it.followTokenHash) return false;
  const shown = createHash('sha256').update(followToken).digest();
  const known = Buffer.from(it.followTokenHash, 'hex');
  return known.length === shown.length && timingSafeEqual(known, shown);
}

async function present(
  db: Database<Schema>['db'] | Transaction<Schema>,
  it: PaymentRecord,
): Promise<Payment> {
  const all = await attempts.authorisations(db, it.id);
  const usual = nextAction(it);
  const isHeldUp = usual?.kind === 'choose-another-method' && (await attempts.mayStillPay(db, it.id));
  const action = isHeldUp ? undefined : usual;
  const money = (amountMinor: number) => ({ amountMinor, currency: it.currency });
  return {
    id: it.id,
    orderId: it.orderId,
    amount: money(it.amountMinor),
    captured: money(it.capturedMinor),
    refunded: money(it.refundedMinor),
    method: it.method,
    state: it.state,
    ...(action ? { nextAction: action } : {}),
    attempts: all.map(({ id, number, state, reason, createdAt }) => ({
      id,
      number,
      method: it.method,
      state,
      ...(reason === null ? {} : { reason }),
      at: createdAt.toISOString(),
    })),
    version: it.version,
    createdAt: it.createdAt.toISOString(),
    updatedAt: it.updatedAt.toISOString(),
  };
}
