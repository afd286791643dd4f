import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  caller,
  keys,
  newFolder,
  optionsFor,
  startReceiver,
  startWith,
  until,
} from './running-simulators.ts';

let receiver: Awaited<ReturnType<typeof startReceiver>>;
let shop: Awaited<ReturnType<typeof startWith>>;
beforeAll(async () => {
  receiver = await startReceiver();
  shop = await startWith(optionsFor(newFolder(), receiver.url));
});
afterAll(async () => {
  await shop.close();
  await receiver.close();
});
beforeEach(() => shop.control('POST', '/reset', { body: {} }));

const wish = (token: string, more = {}) => ({
  amountMinor: 1999,
  currency: 'EUR',
  token,
  reference: randomUUID(),
  ...more,
});
const pay = (token: string, key: string = randomUUID()) =>
  shop.card('POST', '/v1/payments', { key, body: wish(token) });
const act = (id: string, what: string, body = {}, key: string = randomUUID()) =>
  shop.card('POST', `/v1/payments/${id}/${what}`, { key, body });
const behave = (body: object) => shop.control('PUT', '/card/behaviour', { body });
const eventsOf = (id: string) =>
  receiver.received
    .filter(({ body }) => JSON.parse(body).payment.id === id)
    .map(({ body }) => JSON.parse(body));

describe('tokens', () => {
  it.each([
    ['sim_ok', 201, { status: 'authorised' }],
    ['sim_declined', 201, { status: 'declined', final: true, declineReason: 'card-declined' }],
    [
      'sim_insufficient_funds',
      201,
      { status: 'declined', final: false, declineReason: 'insufficient-funds' },
    ],
    ['sim_action_required', 201, { status: 'action_required' }],
    ['sim_late_webhook', 202, { status: 'pending' }],
    ['sim_capture_fails', 201, { status: 'authorised' }],
    ['sim_unheard_of', 422, { code: 'invalid' }],
  ])('%s is answered with %i', async (token, status, body) => {
    const answer = await pay(token);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject(body);
  });

  it('sim_timeout_after_commit never answers, but the query knows', async () => {
    const key = randomUUID();
    const body = wish('sim_timeout_after_commit');
    await expect(shop.card('POST', '/v1/payments', { key, body, timeoutMs: 300 })).rejects.toThrow();
    const byKey = await shop.card('GET', `/v1/payments?idempotencyKey=${key}`);
    expect(byKey.body.items).toMatchObject([{ status: 'authorised', reference: body.reference }]);
    const byReference = await shop.card('GET', `/v1/payments?reference=${body.reference}`);
    expect(byReference.body).toEqual(byKey.body);
    const again = await shop.card('POST', '/v1/payments', { key, body });
    expect(again.body.id).toBe(byKey.body.items[0]?.id);
  });

  it('sim_late_webhook decides later and says so, signed', async () => {
    await behave({ decideAfterMs: 100 });
    const { body } = await pay('sim_late_webhook');
    const [event] = await until(() => (eventsOf(body.id).length > 0 ? eventsOf(body.id) : undefined));
    expect(event).toMatchObject({
      type: 'payment.authorised',
      payment: { id: body.id, status: 'authorised' },
    });
    const raw = receiver.received.find((it) => it.body.includes(event.id));
    const [, time, shown] =
      String(raw?.headers['simulator-signature']).match(/^t=(\d+),v1=([0-9a-f]{64})$/) ?? [];
    expect(createHmac('sha256', keys.webhook).update(`${time}.${raw?.body}`).digest('hex')).toBe(shown);
    expect((await shop.card('GET', `/v1/payments/${body.id}`)).body.status).toBe('authorised');
  });

  it('sim_capture_fails is refused by the bank and can be voided', async () => {
    const { body } = await pay('sim_capture_fails');
    const refused = await act(body.id, 'capture');
    expect([refused.status, refused.body.code]).toEqual([402, 'capture-failed']);
    expect((await act(body.id, 'void')).body.status).toBe('voided');
  });

  it.each([
    ['approve', { status: 'authorised' }],
    ['fail', { status: 'declined', final: false }],
  ])('sim_action_required waits for %s', async (outcome, after) => {
    const { body } = await pay('sim_action_required');
    expect((await act(body.id, 'capture')).status).toBe(409);
    expect((await act(body.id, 'confirm', { outcome })).body).toMatchObject(after);
    expect((await act(body.id, 'confirm', { outcome })).status).toBe(409);
  });
});

describe('the states of a payment', () => {
  it('is captured once, not more than authorised', async () => {
    const { body } = await pay('sim_ok');
    expect((await act(body.id, 'capture', { amountMinor: 2000 })).body.code).toBe('capture-too-large');
    expect((await act(body.id, 'capture', { amountMinor: 1500 })).body).toMatchObject({
      status: 'captured',
      capturedMinor: 1500,
    });
    expect((await act(body.id, 'capture')).status).toBe(409);
    expect((await act(body.id, 'void')).status).toBe(409);
  });

  it('is refunded up to what was captured', async () => {
    const { body } = await pay('sim_ok');
    expect((await act(body.id, 'refunds', { amountMinor: 1 })).status).toBe(409);
    await act(body.id, 'capture');
    const first = await act(body.id, 'refunds', { amountMinor: 1000 });
    expect([first.status, first.body]).toEqual([
      201,
      expect.objectContaining({ amountMinor: 1000, paymentId: body.id, status: 'succeeded' }),
    ]);
    expect((await act(body.id, 'refunds', { amountMinor: 1000 })).body.code).toBe('refund-too-large');
    expect((await act(body.id, 'refunds', { amountMinor: 999 })).status).toBe(201);
    expect((await shop.card('GET', `/v1/payments/${body.id}`)).body).toMatchObject({ refundedMinor: 1999 });
  });

  it.each(['sim_declined', 'sim_insufficient_funds'])('after %s nothing is possible', async (token) => {
    const { body } = await pay(token);
    for (const what of ['capture', 'void']) expect((await act(body.id, what)).status).toBe(409);
  });

  it('a payment voided while pending stays voided', async () => {
    await behave({ decideAfterMs: 200 });
    const { body } = await pay('sim_late_webhook');
    await act(body.id, 'void');
    await new Promise((done) => setTimeout(done, 500));
    expect((await shop.card('GET', `/v1/payments/${body.id}`)).body.status).toBe('voided');
  });
});

describe('a dispute', () => {
  const dispute = (reference: string, state: string) =>
    shop.control('POST', '/card/disputes', { body: { reference, state } });

  it('is about what is left, is decided once, and is told', async () => {
    const body = wish('sim_ok');
    expect((await dispute(body.reference, 'opened')).status).toBe(404);
    const { id } = (await shop.card('POST', '/v1/payments', { key: randomUUID(), body })).body;
    await act(id, 'capture');
    await act(id, 'refunds', { amountMinor: 999 });
    expect((await dispute(body.reference, 'lost')).body.code).toBe('no-open-dispute');
    expect((await dispute(body.reference, 'opened')).body).toMatchObject({
      disputes: [{ state: 'opened', amountMinor: 1000 }],
    });
    expect((await dispute(body.reference, 'opened')).status).toBe(409);
    expect((await act(id, 'refunds', { amountMinor: 1 })).body.code).toBe('payment-disputed');
    await dispute(body.reference, 'lost');
    expect((await act(id, 'refunds', { amountMinor: 1 })).body.code).toBe('refund-too-large');
    const events = await until(() => (eventsOf(id).length === 2 ? eventsOf(id) : undefined));
    expect(events.map(({ type }) => type)).toEqual(['dispute.opened', 'dispute.lost']);
    const { items } = (await shop.card('GET', '/v1/ledger?limit=5000')).body;
    const entries = items.filter(({ paymentId }) => paymentId === id);
    expect(entries.slice(3).map(({ kind }) => kind)).toEqual(['dispute-opened', 'dispute-lost']);
    const disputes = `/v1/disputes?after=${entries[2]?.sequence}`;
    expect((await shop.card('GET', disputes)).body).toEqual({ items: entries.slice(3), next: null });
    expect((await shop.card('GET', `${disputes}&limit=1`)).body.next).toBe(entries[3]?.sequence);
  });

  it('that is won leaves the money', async () => {
    const body = wish('sim_ok');
    const { id } = (await shop.card('POST', '/v1/payments', { key: randomUUID(), body })).body;
    await act(id, 'capture');
    await dispute(body.reference, 'opened');
    await dispute(body.reference, 'won');
    expect((await act(id, 'refunds', { amountMinor: 1999 })).status).toBe(201);
  });
});

describe('keys', () => {
  it('the same key has one effect and the same answer', async () => {
    const { body } = await pay('sim_ok');
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => act(body.id, 'capture', {}, `capture-${body.id}`)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify([answer.status, answer.body]))).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === 'true')).toHaveLength(3);
    const refused = await act(body.id, 'void', {}, `void-${body.id}`);
    expect((await act(body.id, 'void', {}, `void-${body.id}`)).body).toEqual(refused.body);
  });

  it('a key of another request is 422, no key is 400, and a wrong API key 401', async () => {
    const key = randomUUID();
    const { body } = await pay('sim_ok', key);
    expect((await act(body.id, 'capture', {}, key)).body.code).toBe('idempotency-key-reused');
    expect((await pay('sim_ok', key)).status).toBe(422);
    expect((await shop.card('POST', '/v1/payments', { body: wish('sim_ok') })).status).toBe(400);
    expect((await caller(shop.ports.card, 'wrong')('GET', '/v1/ledger')).status).toBe(401);
    expect((await caller(shop.ports.card)('GET', '/v1/ledger')).status).toBe(401);
  });

  it('what was invalid or broke leaves the key free', async () => {
    const key = randomUUID();
    expect((await pay('sim_nonsense', key)).status).toBe(422);
    await behave({ nextAnswers: ['error-500'] });
    expect((await pay('sim_ok', key)).status).toBe(500);
    expect((await pay('sim_ok', key)).status).toBe(201);
  });
});

describe('the ledger', () => {
  it('has every movement, page by page', async () => {
    const { body } = await pay('sim_ok');
    await act(body.id, 'capture');
    await act(body.id, 'refunds', { amountMinor: 500 });
    const items = [];
    for (let after: number | null = 0; after !== null; ) {
      const page = await shop.card('GET', `/v1/ledger?after=${after}&limit=3`);
      items.push(...page.body.items);
      after = page.body.next;
    }
    const mine = items.filter(({ paymentId }) => paymentId === body.id);
    expect(mine.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([
      ['authorised', 1999],
      ['captured', 1999],
      ['refunded', 500],
    ]);
    expect(new Set(items.map(({ sequence }) => sequence)).size).toBe(items.length);
  });
});

describe('behaviour on demand', () => {
  it('may be for refunds only', async () => {
    await behave({ nextAnswers: ['error-500-after-commit'], nextAnswersTo: 'refunds' });
    const { status, body } = await pay('sim_ok');
    expect([status, (await act(body.id, 'capture')).status]).toEqual([201, 200]);
    expect((await act(body.id, 'refunds', { amountMinor: 500 })).status).toBe(500);
    expect((await act(body.id, 'refunds', { amountMinor: 500 })).status).toBe(201);
    expect((await shop.card('GET', `/v1/payments/${body.id}`)).body.refundedMinor).toBe(1000);
  });

  it.each([
    ['drop-before-commit', 0],
    ['drop-after-commit', 1],
    ['error-500-after-commit', 1],
    ['hang-after-commit', 1],
  ])('%s leaves %i payments', async (next, count) => {
    await behave({ nextAnswers: [next] });
    const body = wish('sim_ok');
    const request = shop.card('POST', '/v1/payments', { key: randomUUID(), body, timeoutMs: 300 });
    expect(
      await request.then(
        ({ status }) => status,
        () => 'nothing',
      ),
    ).not.toBe(201);
    expect((await shop.card('GET', `/v1/payments?reference=${body.reference}`)).body.items).toHaveLength(
      count,
    );
  });

  it('delays', async () => {
    await behave({ delayMs: 200 });
    const start = Date.now();
    await pay('sim_ok');
    expect(Date.now() - start).toBeGreaterThanOrEqual(195);
  });

  it('webhooks come never, twice or in another order', async () => {
    await behave({ webhook: 'never', webhookEvents: 'all' });
    const silent = await pay('sim_ok');
    await behave({ webhook: 'duplicate', webhookEvents: 'all' });
    const twice = await pay('sim_ok');
    await until(() => (eventsOf(twice.body.id).length === 2 ? true : undefined));
    expect(new Set(eventsOf(twice.body.id).map(({ id }) => id)).size).toBe(1);
    await behave({ webhook: 'reorder', webhookEvents: 'all' });
    const turned = await pay('sim_ok');
    await act(turned.body.id, 'capture');
    const events = await until(() =>
      eventsOf(turned.body.id).length === 2 ? eventsOf(turned.body.id) : undefined,
    );
    expect(events.map(({ type }) => type)).toEqual(['payment.captured', 'payment.authorised']);
    expect(eventsOf(silent.body.id)).toEqual([]);
  });

  it('refuses what it does not know', async () => {
    expect((await behave({ webhooks: 'never' })).status).toBe(422);
  });
});
