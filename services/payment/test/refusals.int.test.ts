import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type FakeAnswer, startFakeServer } from '@shopstack/testkit/fake-server';
import { type CardProvider, createCardProvider } from '../src/clients/simulator.ts';

let answers: { post: FakeAnswer; get: FakeAnswer };
let server: Awaited<ReturnType<typeof startFakeServer>>;
let provider: CardProvider;
beforeEach(async () => {
  server = await startFakeServer(({ method }) => (method === 'POST' ? answers.post : answers.get));
  provider = createCardProvider({ baseUrl: server.url, key: 'a key of the shop', webhookSecret: 'secret' });
});
afterEach(async () => {
  await provider.close();
  await server.close();
});

const it = { attemptId: 'a', providerId: 'pay_1', amountMinor: 1, outcome: 'approve' };
const wish = { attemptId: 'a', reference: 'r', amountMinor: 1, currency: 'EUR', token: 'sim_ok' };
const problem = (status: number, code: string) => ({
  status,
  body: { type: `urn:shopstack:problem:${code}`, title: code, status },
});
const payment = (status: string) => ({ body: { id: 'pay_1', status } });

test.each([400, 401, 403, 408, 425, 429, 500, 503])(
  'an answer of %d says nothing about the money',
  async (status) => {
    answers = { post: problem(status, 'odd'), get: problem(status, 'odd') };
    await expect(provider.authorise(wish)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(provider.confirm(it)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(provider.capture(it)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(provider.release(it)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(provider.refund(it)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(provider.findByKey('a')).rejects.toMatchObject({ code: 'unavailable' });
  },
);

test('neither does something that is not a payment', async () => {
  answers = { post: { status: 201, body: { id: 'pay_1', status: 'maybe' } }, get: { body: [] } };
  await expect(provider.authorise(wish)).rejects.toThrow();
  await expect(provider.findByKey('a')).rejects.toThrow();
});

test('a refused capture is believed when the payment says the same', async () => {
  answers = { post: problem(409, 'payment-captured'), get: payment('captured') };
  expect(await provider.capture(it)).toEqual({ kind: 'done' });
  answers.get = payment('authorised');
  expect(await provider.capture(it)).toEqual({ kind: 'refused', reason: 'payment-captured' });
});

test('a refused void is done only when nothing is reserved', async () => {
  answers = { post: problem(409, 'odd'), get: payment('voided') };
  expect(await provider.release(it)).toEqual({ kind: 'done' });
  answers.get = payment('declined');
  expect(await provider.release(it)).toEqual({ kind: 'done' });
  answers.get = payment('captured');
  expect(await provider.release(it)).toMatchObject({ kind: 'refused' });
  for (const status of ['authorised', 'pending', 'action_required']) {
    answers.get = payment(status);
    await expect(provider.release(it)).rejects.toMatchObject({ code: 'unavailable' });
  }
});

test('a refused confirmation is what the payment says', async () => {
  answers = { post: problem(409, 'payment-authorised'), get: payment('authorised') };
  expect(await provider.confirm(it)).toEqual({ kind: 'authorised', providerId: 'pay_1' });
  answers.get = payment('action_required');
  expect(await provider.confirm(it)).toMatchObject({ kind: 'refused' });
});
