import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type FakeAnswer, type FakeRequest, startFakeServer } from '@shopstack/testkit/fake-server';
import { ask } from '../src/clients/asking-cards.ts';
import { type CardProvider, createCardProvider } from '../src/clients/simulator.ts';
import type { AttemptKind } from '../src/domain/payment.ts';
import type { AttemptRecord } from '../src/store/attempts.ts';
import type { PaymentRecord } from '../src/store/payments.ts';

let answer: (request: FakeRequest) => FakeAnswer;
let server: Awaited<ReturnType<typeof startFakeServer>>;
let provider: CardProvider;
beforeEach(async () => {
  server = await startFakeServer((request) => answer(request));
  provider = createCardProvider({ baseUrl: server.url, key: 'a key of the shop', webhookSecret: 'secret' });
});
afterEach(async () => {
  await provider.close();
  await server.close();
});

const now = new Date();
const payment = (over: Partial<PaymentRecord> = {}): PaymentRecord => ({
  id: 'p',
  orderId: 'o',
  state: 'authorised',
  amountMinor: 100,
  currency: 'EUR',
  method: 'card',
  country: 'DE',
  capturedMinor: 0,
  refundedMinor: 0,
  lostMinor: 0,
  late: false,
  kind: 'card',
  tries: 1,
  maxTries: 3,
  providerId: 'pay_1',
  lastReason: null,
  voidRequested: false,
  voidRound: null,
  voidCause: null,
  userId: null,
  followTokenHash: null,
  round: 1,
  version: 1,
  createdAt: now,
  updatedAt: now,
  ...over,
});
const attempt = (kind: AttemptKind, tries: number): AttemptRecord => ({
  id: 'key-1',
  paymentId: 'p',
  number: 1,
  kind,
  state: tries > 0 ? 'unknown' : 'intent',
  token: 'sim_ok',
  outcome: 'approve',
  amountMinor: 100,
  refundId: null,
  reason: null,
  round: 1,
  cause: null,
  traceparent: null,
  tries,
  askedAt: null,
  checkoutId: null,
  createdAt: now,
});
const calls = () => server.requests.map(({ method, path }) => `${method} ${path}`);
const lookUp = 'GET /v1/payments?idempotencyKey=key-1';
const theirs = (status: string) => ({ id: 'pay_1', status });

describe('what was asked before is looked up', () => {
  test.each([
    ['authorise', 'authorised', { kind: 'authorised', providerId: 'pay_1' }],
    ['confirm', 'authorised', { kind: 'authorised', providerId: 'pay_1' }],
    ['capture', 'captured', { kind: 'done' }],
    ['void', 'voided', { kind: 'done' }],
  ] as const)('%s is not sent again when it was done', async (kind, status, outcome) => {
    answer = ({ path }) => ({ body: path.includes('?') ? { items: [theirs(status)] } : theirs(status) });
    expect(await ask(provider, payment(), attempt(kind, 1))).toEqual(outcome);
    expect(calls()).toEqual([kind === 'authorise' ? lookUp : 'GET /v1/payments/pay_1']);
  });
  test('and sent again, with its key, when the provider never heard of it', async () => {
    answer = ({ method }) => ({ body: method === 'GET' ? { items: [] } : theirs('authorised') });
    expect(await ask(provider, payment(), attempt('authorise', 3))).toMatchObject({ kind: 'authorised' });
    expect(calls()).toEqual([lookUp, 'POST /v1/payments']);
    expect(server.requests[1]?.headers['idempotency-key']).toBe('key-1');
  });
  test('and not sent again when it cannot be looked up', async () => {
    answer = ({ method }) => (method === 'GET' ? { status: 503 } : { body: theirs('authorised') });
    for (const kind of ['authorise', 'confirm', 'capture', 'void'] as const)
      await expect(ask(provider, payment(), attempt(kind, 1))).rejects.toMatchObject({ code: 'unavailable' });
    expect(calls().filter((it) => it.startsWith('POST'))).toEqual([]);
  });
});

describe('what nobody wants any more', () => {
  const unwanted = payment({ voidRequested: true });
  test('is not begun', async () => {
    for (const kind of ['authorise', 'capture'] as const)
      expect(await ask(provider, unwanted, attempt(kind, 0))).toMatchObject({ kind: 'refused' });
    expect(calls()).toEqual([]);
  });
  test('is sent again when it was sent before, so that it can be undone', async () => {
    answer = ({ method }) => ({ body: method === 'GET' ? { items: [] } : theirs('authorised') });
    expect(await ask(provider, unwanted, attempt('authorise', 1))).toMatchObject({ kind: 'authorised' });
  });
});
