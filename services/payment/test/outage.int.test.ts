import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '@shopstack/testkit/eventually';
import { audit } from './audit.ts';
import { type Fixture, openFixture } from './fixture.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await openFixture();
});
afterAll(async () => {
  await fixture.quiet();
  await audit(fixture);
  await fixture.close();
});

test('without MySQL requests are told to come back, and everything goes on when it is there again', async () => {
  const [order, waiting, pending] = [fixture.order(), fixture.order(), fixture.order()];
  await order.ask(order.authorise('sim_insufficient_funds'));
  await fixture.simulator.behave({ nextAnswers: ['hang-after-commit'] });
  await pending.send(pending.authorise());
  await eventually(async () => (await fixture.simulator.kinds(pending.id)).length === 1);

  fixture.cable.cut();
  const key = fixture.key();
  const attempt = () =>
    fixture.api
      .post(`/payments/${order.paymentId}/attempts`)
      .set({ ...fixture.as(order), ...key })
      .send({ paymentMethod: 'card', paymentToken: 'sim_ok' });
  for (const answer of [
    await attempt(),
    await fixture.api.get(`/payments/${order.paymentId}`).set(fixture.support),
  ]) {
    expect(answer.status).toBe(503);
    expect(answer.body.type).toMatch(/unavailable$/);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  }
  await fixture.api.get('/health/ready').expect(503);
  await waiting.send(waiting.authorise());
  await sleep(4000);
  expect(fixture.lines.filter((it) => it.includes('consumer paused'))).toHaveLength(1);
  expect(fixture.lines.filter((it) => it.includes('message will be tried again'))).toEqual([]);

  fixture.cable.mend();
  expect(await waiting.next('authorised')).toBeDefined();
  expect(await pending.next('authorised', 30_000)).toBeDefined();
  await attempt().expect(202);
  await order.next('authorised');
  await fixture.api.get('/health/ready').expect(200);
  expect(await fixture.simulator.kinds(waiting.id)).toEqual(['authorised']);
  expect(await fixture.simulator.kinds(pending.id)).toEqual(['authorised']);
});
