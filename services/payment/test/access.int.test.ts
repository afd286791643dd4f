import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { uuidv7 } from '@shopstack/kit/uuid';
import { eventually } from '@shopstack/testkit/eventually';
import { bearer } from '@shopstack/testkit/tokens';
import { audit } from './audit.ts';
import { type Fixture, openFixture } from './fixture.ts';
import type { Order } from './orders.ts';

let fixture: Fixture;
let mine: Order;
let guests: Order;
beforeAll(async () => {
  fixture = await openFixture();
  mine = fixture.order();
  guests = fixture.order({ guest: true });
  await mine.ask(mine.authorise('sim_action_required'));
  await guests.ask(guests.authorise('sim_action_required'));
});
afterAll(async () => {
  await fixture.quiet();
  await audit(fixture);
  await fixture.close();
});

const code = (name: string) => ({ type: `urn:shopstack:problem:${name}` });
const follow = (it: Order) => ({ 'follow-token': it.followToken });
const attempts = (it: Order) => `/payments/${it.paymentId}/attempts`;
const actions = (it: Order) => `/payments/${it.paymentId}/actions`;
const card = { paymentMethod: 'card', paymentToken: 'sim_ok' };
const stranger = () => bearer(fixture.issuer.token());

describe('a payment is seen', () => {
  test('by its buyer and by support', async () => {
    for (const who of [fixture.as(mine), fixture.support]) {
      const { body } = await fixture.api.get(`/payments/${mine.paymentId}`).set(who).expect(200);
      expect(body).toMatchObject({ orderId: mine.id, amount: { amountMinor: 1999, currency: 'EUR' } });
      const list = await fixture.api.get(`/payments?orderId=${mine.id}`).set(who).expect(200);
      expect(list.body).toMatchObject({ items: [{ id: mine.paymentId }], next: null });
    }
  });
  test('by a guest who shows the order’s token, also when signed in meanwhile', async () => {
    for (const who of [follow(guests), { ...stranger(), ...follow(guests) }]) {
      await fixture.api.get(`/payments/${guests.paymentId}`).set(who).expect(200);
      const list = await fixture.api.get(`/payments?orderId=${guests.id}`).set(who).expect(200);
      expect(list.body.items).toHaveLength(1);
    }
  });
  test('by nobody else: it is not there', async () => {
    const others = [stranger(), follow(mine), bearer(fixture.issuer.token({ roles: ['merchandiser'] }))];
    for (const who of [...others, follow(fixture.order({ guest: true }))]) {
      for (const path of [`/payments/${mine.paymentId}`, `/payments/${guests.paymentId}`]) {
        const { body } = await fixture.api.get(path).set(who).expect(404);
        expect(body).toMatchObject(code('not-found'));
      }
      const list = await fixture.api.get(`/payments?orderId=${mine.id}`).set(who).expect(200);
      expect(list.body.items).toEqual([]);
      const key = fixture.key();
      await fixture.api
        .post(actions(mine))
        .set({ ...who, ...key })
        .send({ outcome: 'approve' })
        .expect(404);
      await fixture.api
        .post(attempts(mine))
        .set({ ...who, ...key })
        .send(card)
        .expect(404);
    }
    expect((await fixture.payment(mine)).state).toBe('action-required');
  });
  test('not without credentials or with an expired token', async () => {
    const expired = bearer(fixture.issuer.token({ id: mine.userId, expiresInSeconds: -60 }));
    for (const who of [{}, expired, bearer('nonsense')]) {
      await fixture.api.get(`/payments/${mine.paymentId}`).set(who).expect(401);
      await fixture.api.get(`/payments?orderId=${mine.id}`).set(who).expect(401);
      await fixture.api
        .post(actions(mine))
        .set({ ...who, ...fixture.key() })
        .send({})
        .expect(401);
    }
  });
  test('payments nobody ever heard of are not there', async () => {
    await fixture.api.get(`/payments/${uuidv7()}`).set(fixture.support).expect(404);
    await fixture.api.get('/payments/not-an-id').set(fixture.support).expect(422);
    await fixture.api.get('/payments').set(fixture.support).expect(422);
  });
});

test('how one can pay, with the simulator’s tokens', async () => {
  const { body } = await fixture.api.get('/payment-methods?currency=EUR&country=DE').expect(200);
  expect(body.items).toMatchObject([{ id: 'card', kind: 'card' }]);
  expect(body.items[0].testTokens).toHaveLength(7);
  const kenya = await fixture.api.get('/payment-methods?currency=EUR&country=KE').expect(200);
  expect(kenya.body.items).toMatchObject([{ id: 'card' }, { id: 'mpesa', kind: 'mobile-money' }]);
  expect(kenya.body.items[1].testTokens).toHaveLength(4);
  const elsewhere = await fixture.api.get('/payment-methods?currency=USD&country=KE').expect(200);
  expect(elsewhere.body.items).toHaveLength(1);
  await fixture.api.get('/payment-methods?currency=euro').expect(422);
});

describe('bad input changes nothing:', () => {
  const bad: [string, unknown, number][] = [
    ['an unknown field', { ...card, amountMinor: 1 }, 422],
    ['a wrong type', { ...card, paymentToken: 7 }, 422],
    ['a card number', { ...card, paymentToken: '4111 1111 1111 1111' }, 422],
    ['a method nobody offers', { ...card, paymentMethod: 'cheque' }, 422],
    ['too long a token', { ...card, paymentToken: 'a'.repeat(201) }, 422],
    ['no body', undefined, 422],
    ['too much', { ...card, paymentToken: 'a'.repeat(110_000) }, 413],
  ];
  test.each(bad)('%s', async (_what, body, status) => {
    const before = await fixture.payment(mine);
    const sent = fixture.api.post(attempts(mine)).set({ ...fixture.as(mine), ...fixture.key() });
    await (body === undefined ? sent : sent.send(body as object)).expect(status);
    expect(await fixture.payment(mine)).toEqual(before);
  });
  test('what is not JSON, and another outcome', async () => {
    const before = await fixture.payment(mine);
    const sent = () => fixture.api.post(actions(mine)).set({ ...fixture.as(mine), ...fixture.key() });
    expect((await sent().type('json').send('{"outcome":').expect(400)).body).toMatchObject(
      code('malformed-json'),
    );
    await sent().send({ outcome: 'refund' }).expect(422);
    await sent().type('text').send('approve').expect(415);
    expect(await fixture.payment(mine)).toEqual(before);
  });
});

describe('a key has one effect and one answer', () => {
  test('for attempts', async () => {
    const order = fixture.order();
    await order.ask(order.authorise('sim_insufficient_funds'));
    const send = (key: Record<string, string>, body: object = card) =>
      fixture.api
        .post(attempts(order))
        .set({ ...fixture.as(order), ...key })
        .send(body);
    expect((await send({}).expect(400)).body).toMatchObject(code('idempotency-key-missing'));
    const key = fixture.key();
    const first = await send(key).expect(202);
    expect((await send(key).expect(202)).body).toEqual(first.body);
    const other = await send(key, { ...card, paymentToken: 'sim_declined' }).expect(422);
    expect(other.body).toMatchObject(code('idempotency-key-reused'));
    await order.next('authorised');
    expect((await send(key).expect(202)).body).toEqual(first.body);
    expect((await fixture.payment(order)).attempts).toHaveLength(2);
  });
  test('for actions, the refused ones too', async () => {
    const order = fixture.order();
    await order.ask(order.authorise());
    const key = fixture.key();
    const send = () =>
      fixture.api
        .post(actions(order))
        .set({ ...fixture.as(order), ...key })
        .send({ outcome: 'approve' });
    expect((await send().expect(409)).body).toMatchObject(code('no-action-pending'));
    expect((await send().expect(409)).body).toMatchObject(code('no-action-pending'));
  });
  test('two cards at the same moment: one is tried', async () => {
    const order = fixture.order();
    await order.ask(order.authorise('sim_insufficient_funds'));
    const answers = await Promise.all(
      [fixture.key(), fixture.key(), fixture.key()].map((key) =>
        fixture.api
          .post(attempts(order))
          .set({ ...fixture.as(order), ...key })
          .send(card),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409]);
    await order.next('authorised');
    expect(await fixture.simulator.kinds(order.id)).toEqual(['declined', 'authorised']);
  });
  test('approved and failed at the same moment: one of them counts', async () => {
    const order = fixture.order({ guest: true });
    await order.ask(order.authorise('sim_action_required'));
    const answers = await Promise.all(
      ['approve', 'fail'].map((outcome) =>
        fixture.api
          .post(actions(order))
          .set({ ...follow(order), ...fixture.key() })
          .send({ outcome }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
    await eventually(() => order.replies().length === 2);
    expect(await fixture.simulator.kinds(order.id)).toHaveLength(2);
  });
});
