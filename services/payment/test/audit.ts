import { expect } from '@jest/globals';
import type { Fixture } from './fixture.ts';

const sum = <T>(items: readonly T[], amount: (it: T) => number) =>
  items.reduce((total, it) => total + amount(it), 0);

/**
 * Nobody's money is made or lost: debits equal credits, the ledger equals the payments, both equal the provider's own
 * ledger, nothing is charged twice, and what was let go is let go there too.
 */
export async function audit({ database: { db }, simulator }: Fixture): Promise<void> {
  const payments = await db.selectFrom('payments').selectAll().execute();
  const booked = await db.selectFrom('ledger').selectAll().execute();
  const told = [...(await simulator.entries()), ...(await simulator.mpesa.entries())];
  for (const currency of new Set(booked.map((it) => it.currency))) {
    const inIt = booked.filter((it) => it.currency === currency);
    expect(sum(inIt, (it) => it.debit_minor)).toBe(sum(inIt, (it) => it.credit_minor));
  }
  for (const payment of payments) {
    const ours = booked.filter((it) => it.payment_id === payment.id && it.account === 'provider-receivable');
    const theirs = told.filter((it) => payment.order_id.endsWith(it.reference));
    const captures = theirs.filter((it) => it.kind === 'captured');
    const refunds = theirs.filter((it) => it.kind === 'refunded');
    const surplus = payment.captured_minor - payment.amount_minor;
    expect(captures.length).toBeLessThanOrEqual(surplus > 0 ? 2 : 1);
    const lost = theirs.filter((it) => it.kind === 'dispute-lost');
    const amounts = [payment.captured_minor, payment.refunded_minor];
    expect(sum(lost, (it) => it.amountMinor)).toBe(payment.lost_minor);
    expect([sum(ours, (it) => it.debit_minor), sum(ours, (it) => it.credit_minor)]).toEqual([
      payment.captured_minor,
      payment.refunded_minor + payment.lost_minor,
    ]);
    expect([sum(captures, (it) => it.amountMinor), sum(refunds, (it) => it.amountMinor)]).toEqual(amounts);
    expect(payment.refunded_minor).toBeLessThanOrEqual(payment.captured_minor);
    if (surplus > 0) expect(payment.refunded_minor).toBeGreaterThanOrEqual(surplus);
    else expect([0, payment.amount_minor]).toContain(payment.captured_minor);
    if (payment.state === 'voided') {
      const states = (await simulator.payments(payment.order_id)).map((it) => it.status);
      expect(states.filter((it) => it !== 'voided' && it !== 'declined')).toEqual([]);
    }
  }
  const remembered = await db
    .selectFrom('attempts')
    .select(['id'])
    .where('token', 'is not', null)
    .where('state', 'not in', ['intent', 'unknown'])
    .execute();
  expect(remembered).toEqual([]);
}
