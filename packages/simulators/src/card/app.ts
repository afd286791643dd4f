import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { createApi, endApi, Refusal, requireKey } from '../refusal.ts';
import type { NextAnswer } from './behaviour.ts';
import {
  authorisePayment,
  capturePayment,
  confirmPayment,
  type Payment,
  refundPayment,
  voidPayment,
} from './payment.ts';
import type { Answer, CardProvider, Decision } from './provider.ts';
import { Token } from './tokens.ts';

const AmountMinor = z.int().min(1).max(1_000_000_000_000);
const NewPayment = z.strictObject({
  amountMinor: AmountMinor,
  currency: z.string().regex(/^[A-Z]{3}$/),
  token: Token,
  reference: z.string().min(1).max(255),
});
const CaptureBody = z.strictObject({ amountMinor: AmountMinor.optional() });
const RefundBody = z.strictObject({ amountMinor: AmountMinor });
const ConfirmBody = z.strictObject({ outcome: z.enum(['approve', 'fail']) });
/** Commits and never answers the first time. */
const Silent = z.object({ token: z.literal('sim_timeout_after_commit') });
const Key = z.string().regex(/^[\x21-\x7e]{1,255}$/);
const Search = z.strictObject({ idempotencyKey: Key.optional(), reference: z.string().min(1).optional() });

const whole = { status: 200, shown: (it: Payment) => it } as const;

/** The card provider's HTTP interface; packages/simulators/README.md describes it for callers. */
export function createCardApp(provider: CardProvider, key: string) {
  const { ledger } = provider;
  const app = createApi();
  app.use(requireKey(key));
  const on = (path: string, decide: (id: string, body: unknown) => Decision) =>
    app.post(path, (req: Request, res: Response) => {
      const id = z.string().catch('').parse(req.params.id);
      return perform(provider, { req, res }, () => decide(id, req.body ?? {}));
    });
  const found = (id: string): Payment => {
    const payment = ledger.find(id);
    if (!payment) throw new Refusal(404, 'payment-unknown', 'There is no such payment');
    return payment;
  };

  on('/v1/payments', (_id, body) => ({
    ...whole,
    change: authorisePayment(NewPayment.parse(body)),
    status: 201,
  }));
  on('/v1/payments/:id/capture', (id, body) => ({
    change: capturePayment(found(id), CaptureBody.parse(body).amountMinor),
    ...whole,
  }));
  on('/v1/payments/:id/void', (id) => ({ ...whole, change: voidPayment(found(id)) }));
  on('/v1/payments/:id/confirm', (id, body) => ({
    change: confirmPayment(found(id), ConfirmBody.parse(body).outcome),
    ...whole,
  }));
  on('/v1/payments/:id/refunds', (id, body) => ({
    change: refundPayment(found(id), RefundBody.parse(body).amountMinor),
    status: 201,
    shown: (it) => ({ ...it.refunds.at(-1), paymentId: it.id, currency: it.currency, status: 'succeeded' }),
  }));

  app.get('/v1/payments', async (req, res) => {
    const { idempotencyKey, reference } = Search.parse(req.query);
    await sleep(provider.behaviour().delayMs);
    if (idempotencyKey !== undefined) res.json({ items: ledger.findByKey(idempotencyKey) });
    else if (reference !== undefined) res.json({ items: ledger.findByReference(reference) });
    else throw new Refusal(422, 'invalid', 'Ask by idempotencyKey or by reference');
  });
  app.get('/v1/payments/:id', async (req, res) => {
    await sleep(provider.behaviour().delayMs);
    res.json(found(req.params.id));
  });
  app.get('/v1/ledger', (req, res) => {
    res.json(ledger.page(req.query));
  });
  app.get('/v1/disputes', (req, res) => {
    res.json(ledger.page(req.query, 'disputes'));
  });
  return endApi(app);
}

async function perform(
  provider: CardProvider,
  { req, res }: { req: Request; res: Response },
  decide: () => Decision,
) {
  const key = Key.safeParse(req.get('idempotency-key'));
  if (!key.success) throw new Refusal(400, 'idempotency-key-missing', 'Send an Idempotency-Key');
  const digest = createHash('sha256')
    .update(JSON.stringify(req.body ?? {}))
    .digest('base64url');
  const next = provider.nextAnswer(req.path.endsWith('/refunds'));
  await sleep(provider.behaviour().delayMs);
  if (next === 'drop-before-commit') return req.socket.destroy();
  if (next === 'error-500') throw new Refusal(500, 'broken', 'The provider has a bad day');
  const answer = provider.perform(key.data, `${req.path} ${digest}`, decide);
  const silent = Silent.safeParse(req.body).success && !answer.replayed;
  tell(answer, silent ? 'hang-after-commit' : next, { req, res });
}

function tell(
  { status, body, replayed }: Answer,
  next: NextAnswer,
  { req, res }: { req: Request; res: Response },
) {
  if (next === 'hang-after-commit') return;
  if (next === 'drop-after-commit') return req.socket.destroy();
  if (next === 'error-500-after-commit') throw new Refusal(500, 'broken', 'The provider has a bad day');
  if (replayed) res.set('idempotent-replayed', 'true');
  res.status(status).type(status < 400 ? 'application/json' : 'application/problem+json');
  res.send(body);
}
