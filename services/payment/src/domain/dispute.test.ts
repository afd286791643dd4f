import { expect, test } from '@jest/globals';
import { afterDispute, isNews } from './dispute.ts';
import { lostEntries } from './ledger.ts';
import { type PaymentFacts, refundFault } from './payment.ts';

const payment: PaymentFacts = {
  kind: 'card',
  state: 'captured',
  voidRequested: false,
  tries: 1,
  maxTries: 3,
  amountMinor: 1000,
  capturedMinor: 1000,
  refundedMinor: 400,
  lostMinor: 0,
  late: false,
};

test('a dispute is opened once and decided once', () => {
  expect([isNews(undefined, 'opened'), isNews(undefined, 'lost'), isNews('opened', 'won')]).toEqual([
    true,
    true,
    true,
  ]);
  expect([isNews('opened', 'opened'), isNews('lost', 'opened'), isNews('won', 'lost')]).toEqual([
    false,
    false,
    false,
  ]);
});

test('while the bank decides, and after it took the money, nothing is refunded', () => {
  const opened = { ...payment, ...afterDispute(payment, { id: 'd', state: 'opened', amountMinor: 600 }) };
  expect(opened).toMatchObject({ state: 'disputed', lostMinor: 0 });
  expect(refundFault(opened, 1, 0)).toBeDefined();
  const lost = { ...opened, ...afterDispute(opened, { id: 'd', state: 'lost', amountMinor: 600 }) };
  expect(lost).toMatchObject({ state: 'disputed', lostMinor: 600 });
  expect(refundFault(lost, 1, 0)).toBeDefined();
  const won = { ...opened, ...afterDispute(opened, { id: 'd', state: 'won', amountMinor: 600 }) };
  expect(refundFault(won, 600, 0)).toBeUndefined();
  expect(refundFault(won, 601, 0)).toBeDefined();
});

test('what is lost is booked on both sides', () => {
  const [debit, credit] = lostEntries(600);
  expect([debit?.debitMinor, credit?.creditMinor, credit?.account]).toEqual([
    600,
    600,
    'provider-receivable',
  ]);
});
