import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AuditReport } from '@shopstack/contracts/operations-desk';
import { bearer } from '@shopstack/testkit/tokens';
import { sql } from 'kysely';
import { type Desk, metricsOf, openDesk } from './desk.ts';
import { until } from './shop.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const finding = (
  nth: number,
  violations: number,
  examples: AuditReport['findings'][number]['examples'] = [],
) => ({
  promise: `I${nth}`,
  title: 'A promise',
  checked: 10,
  violations,
  examples,
});
const report = (findings: AuditReport['findings'], at = new Date().toISOString()): AuditReport => ({
  at,
  tookMs: 12,
  findings,
  violations: findings.reduce((sum, it) => sum + it.violations, 0),
});
const submit = (it: unknown) => desk.http.put('/internal/audits/latest').send(it as object);
const latest = () => desk.http.get('/audits/latest').set(desk.token);

test('support reads the report that came last; there is none before the first', async () => {
  await latest().expect(404);
  expect(await metricsOf(desk)).not.toContain('shop_audit_age_seconds');
  const first = report([finding(1, 0)]);
  await submit(first).expect(204);
  expect((await latest().expect(200)).body).toEqual(first);
  const second = report([finding(1, 2, [{ id: 'o1', detail: 'two shipments' }])]);
  await submit(second).expect(204);
  expect((await latest().expect(200)).body).toEqual(second);
  await desk.http.get('/audits/latest').set(bearer(desk.issuer.token())).expect(403);
  await submit({ ...second, findings: [{ ...finding(16, 0) }] }).expect(422);
  expect((await latest().expect(200)).body).toEqual(second);
});

test('gauges follow it', async () => {
  const at = new Date(Date.now() - 120_000).toISOString();
  const unchecked = { ...finding(3, 0), unchecked: 'the store is away' };
  await submit(report([finding(1, 0), finding(2, 4), unchecked], at)).expect(204);
  desk.upkeep.wake();
  await until(async () => {
    const metrics = await metricsOf(desk);
    expect(metrics).toContain('shop_audit_violations{promise="I1"} 0');
    expect(metrics).toContain('shop_audit_violations{promise="I2"} 4');
    expect(metrics).not.toContain('shop_audit_violations{promise="I3"}');
    expect(Number(/^shop_audit_age_seconds (.+)$/m.exec(metrics)?.[1])).toBeGreaterThanOrEqual(120);
  });
});

test('a report of a shop in ruins is taken too', async () => {
  const examples = Array.from({ length: 20 }, (_, nth) => ({ id: `order-${nth}`, detail: 'x'.repeat(150) }));
  const ruins = report(Array.from({ length: 15 }, (_, nth) => finding(nth + 1, 1000, examples)));
  await submit(ruins).expect(204);
  expect((await latest().expect(200)).body).toEqual(ruins);
});

test('the last hundred are kept', async () => {
  for (let nth = 0; nth < 105; nth += 1) await submit(report([finding(1, nth)])).expect(204);
  const { rows } = await sql<{ n: number }>`select count(*) as n from audits`.execute(desk.database.db);
  expect(Number(rows[0]?.n)).toBe(100);
  expect((await latest().expect(200)).body.violations).toBe(104);
});
