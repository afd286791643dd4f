import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { uuidv7 } from '@shopstack/kit/uuid';
import { eventually } from '@shopstack/testkit/eventually';
import { audit } from './audit.ts';
import { type Fixture, openFixture } from './fixture.ts';
import { WEBHOOK_SECRET } from './provider.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await openFixture();
});
afterEach(() => fixture.simulator.behave());
afterAll(async () => {
  await fixture.quiet();
  await audit(fixture);
  await fixture.close();
});

const event = (reference: string, status = 'authorised') =>
  JSON.stringify({ id: `evt_${randomUUID()}`, type: `payment.${status}`, payment: { reference, status } });
const sign = (body: string, { secret = WEBHOOK_SECRET, ageSeconds = 0 } = {}) => {
  const time = Math.floor(Date.now() / 1000) - ageSeconds;
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;
};
const post = (body: string, signature?: string) =>
  fixture.api
    .post('/webhooks/simulator')
    .type('json')
    .set(signature === undefined ? {} : { 'simulator-signature': signature })
    .send(body);
const events = () => fixture.database.db.selectFrom('provider_events').select('event_id').execute();

describe('a webhook is refused', () => {
  const body = event(uuidv7());
  test.each([
    ['without a signature', undefined],
    ['signed by somebody else', sign(body, { secret: 'not the secret' })],
    ['for another body', sign(event(uuidv7()))],
    ['that is old', sign(body, { ageSeconds: 330 })],
    ['from the future', sign(body, { ageSeconds: -900 })],
    ['with nonsense for a signature', 't=1,v1=00'],
  ])('%s', async (_how, signature) => {
    const before = await events();
    const answer = await post(body, signature).expect(400);
    expect(answer.body.type).toMatch(/signature-invalid$/);
    expect(await events()).toEqual(before);
  });
  test.each([
    ['that is not JSON', '{"id":', 400],
    ['that is empty', ' ', 400],
    ['of another shape', '{"id":7}', 422],
    ['with an id we cannot keep', JSON.stringify({ id: 'ö'.repeat(50), payment: {} }), 422],
  ])('%s, although it is signed', async (_how, odd, status) => {
    const answer = await post(odd, sign(odd)).expect(status);
    expect(answer.body.type).toMatch(status === 400 ? /malformed-json$/ : /validation-failed$/);
  });
});

test('a webhook about what we do not know is taken', async () => {
  for (const reference of [uuidv7(), 'another shop’s order']) {
    const body = event(reference);
    expect((await post(body, sign(body)).expect(200)).body).toEqual({ received: true });
  }
});

test('a webhook that is played again counts once', async () => {
  const body = event(uuidv7());
  const before = (await events()).length;
  await Promise.all([1, 2, 3, 4].map(() => post(body, sign(body)).expect(200)));
  expect(await events()).toHaveLength(before + 1);
});

test('what a webhook claims is not believed', async () => {
  const order = fixture.order();
  await order.ask(order.authorise('sim_action_required'));
  const body = event(order.id, 'captured');
  await post(body, sign(body)).expect(200);
  await fixture.quiet();
  expect(order.types()).toEqual(['action-required']);
  expect((await fixture.payment(order)).state).toBe('action-required');
});

test.each(['normal', 'duplicate', 'reorder'] as const)(
  'the provider’s own news is acted on at once (%s)',
  async (webhook) => {
    await fixture.simulator.behave({ webhook, webhookEvents: 'all', decideAfterMs: 300 });
    const order = fixture.order();
    expect(await order.ask(order.authorise('sim_late_webhook'))).toMatchObject({ type: 'authorised' });
    await order.ask(order.capture());
    await fixture.quiet();
    expect(order.types()).toEqual(['authorised', 'captured']);
    expect(await fixture.simulator.kinds(order.id)).toEqual(['pending', 'authorised', 'captured']);
  },
);

test('news arrives before we would have asked', async () => {
  await fixture.simulator.behave({ decideAfterMs: 300 });
  const order = fixture.order();
  const begin = performance.now();
  await order.ask(order.authorise('sim_late_webhook'));
  expect(performance.now() - begin).toBeLessThan(1800);
});

test('without any news we ask ourselves', async () => {
  await fixture.simulator.behave({ webhook: 'never', decideAfterMs: 300 });
  const order = fixture.order();
  expect(await order.ask(order.authorise('sim_late_webhook'))).toMatchObject({ type: 'authorised' });
  await eventually(async () => (await fixture.payment(order)).state === 'authorised');
});
