import { describe, expect, test } from '@jest/globals';
import { uuidv7 } from '@shopstack/kit/uuid';
import { beginSaga, cancellability, decide } from './decide.ts';
import type { CommandName, Reply, ReplyType } from './messages.ts';
import { replies } from './messages.ts';
import { refundIdOf } from './refund-id.ts';
import { type Decision, type Input, type Saga, type SagaState, sagaStates, type Terms } from './saga.ts';
import { defaultTiming } from './timing.ts';

const orderId = uuidv7();
const ids = { orderId, round: 1 };
const shipment = { ...ids, shipmentId: uuidv7() };
const parcel = {
  orderId,
  shipmentId: shipment.shipmentId,
  trackingCode: 'T1',
  at: '2026-11-22T09:30:00.000Z',
};
const pay = { ...ids, paymentId: uuidv7() };
const amount = { amountMinor: 1999, currency: 'EUR' };
const terms: Terms = { plan: 'card', totalMinor: 1999, refundId: uuidv7() };
const mobile: Terms = { ...terms, plan: 'mobile-money' };
const moment = { at: '2026-11-22T09:30:00.000Z', timing: defaultTiming };

const told: { [T in ReplyType]: Extract<Reply, { type: T }> } = {
  'stock.reserved.v1': { type: 'stock.reserved.v1', data: ids },
  'stock.rejected.v1': { type: 'stock.rejected.v1', data: { ...ids, shortages: [] } },
  'stock.committed.v1': { type: 'stock.committed.v1', data: ids },
  'stock.commit-rejected.v1': { type: 'stock.commit-rejected.v1', data: ids },
  'stock.released.v1': { type: 'stock.released.v1', data: ids },
  'stock.restocked.v1': { type: 'stock.restocked.v1', data: { ...ids, key: 'k' } },
  'stock.lease-expired.v1': { type: 'stock.lease-expired.v1', data: ids },
  'shipment.held.v1': { type: 'shipment.held.v1', data: shipment },
  'shipment.hold-rejected.v1': { type: 'shipment.hold-rejected.v1', data: { ...ids, reason: 'far' } },
  'shipment.confirmed.v1': { type: 'shipment.confirmed.v1', data: { ...shipment, trackingCode: 'T1' } },
  'shipment.cancelled.v1': { type: 'shipment.cancelled.v1', data: ids },
  'shipment.cancel-rejected.v1': {
    type: 'shipment.cancel-rejected.v1',
    data: { ...ids, state: 'dispatched' },
  },
  'shipment.dispatched.v1': { type: 'shipment.dispatched.v1', data: parcel },
  'shipment.in-transit.v1': { type: 'shipment.in-transit.v1', data: parcel },
  'shipment.delivered.v1': { type: 'shipment.delivered.v1', data: parcel },
  'shipment.lost.v1': { type: 'shipment.lost.v1', data: parcel },
  'payment.action-required.v1': {
    type: 'payment.action-required.v1',
    data: { ...pay, nextAction: { kind: 'confirm', detail: 'bank' } },
  },
  'payment.authorised.v1': { type: 'payment.authorised.v1', data: { ...pay, amount } },
  'payment.declined.v1': { type: 'payment.declined.v1', data: { ...pay, final: true, reason: 'no' } },
  'payment.captured.v1': { type: 'payment.captured.v1', data: { ...pay, amount } },
  'payment.capture-failed.v1': { type: 'payment.capture-failed.v1', data: { ...pay, reason: 'no' } },
  'payment.voided.v1': { type: 'payment.voided.v1', data: pay },
  'payment.void-failed.v1': { type: 'payment.void-failed.v1', data: { ...pay, captured: amount } },
  'payment.refunded.v1': { type: 'payment.refunded.v1', data: { ...pay, refundId: terms.refundId, amount } },
  'payment.refund-failed.v1': {
    type: 'payment.refund-failed.v1',
    data: { ...pay, refundId: terms.refundId, reason: 'no' },
  },
  'payment.expired.v1': { type: 'payment.expired.v1', data: { ...pay, reason: 'no answer' } },
  'payment.late-success.v1': { type: 'payment.late-success.v1', data: { ...pay, amount } },
  'payment.disputed.v1': {
    type: 'payment.disputed.v1',
    data: { ...pay, disputeId: 'd', amount, state: 'lost' },
  },
};
const hear = (type: ReplyType): Input => ({ kind: 'message', message: told[type] });
const cancel: Input = { kind: 'cancel', by: 'customer' };
const deadline = (state: SagaState): Input => ({ kind: 'timer', timer: 'deadline', state });
const step = (saga: Saga, input: Input): Decision => decide(saga, input, moment);
const run = (saga: Saga, ...inputs: Input[]): Saga =>
  inputs.reduce((before, input) => step(before, input).saga, saga);
const begun = (agreed: Terms): Saga => beginSaga({ orderId, terms: agreed }, moment).saga;
const after = (...inputs: Input[]): Saga => run(begun(terms), ...inputs);
const sent = ({ effects }: Decision): CommandName[] =>
  effects.flatMap((it) => (it.kind === 'send' ? [it.command] : []));

const held = [hear('stock.reserved.v1')];
const booked = [...held, hear('shipment.held.v1')];
const authorised = [...booked, hear('payment.authorised.v1')];
const committed = [...authorised, hear('stock.committed.v1')];
const captured = [...committed, hear('payment.captured.v1')];
const confirmed = [...captured, hear('shipment.confirmed.v1')];
const wayTo: Record<SagaState, Input[]> = {
  RESERVING: [],
  HOLDING: held,
  PAYING: booked,
  AWAITING_CUSTOMER: [...booked, hear('payment.action-required.v1')],
  COMMITTING: authorised,
  CAPTURING: committed,
  CONFIRMING: captured,
  CONFIRMED: confirmed,
  SHIPPED: [...confirmed, hear('shipment.dispatched.v1')],
  COMPLETED: [...confirmed, hear('shipment.delivered.v1')],
  CANCELLING: [...booked, cancel],
  REFUNDING: [...captured, cancel],
  REJECTED: [hear('stock.rejected.v1')],
  CANCELLED: [cancel, hear('stock.released.v1')],
  EXPIRED: [deadline('RESERVING'), hear('stock.released.v1')],
  REFUNDED: [
    ...captured,
    cancel,
    hear('shipment.cancelled.v1'),
    hear('stock.restocked.v1'),
    hear('payment.refunded.v1'),
  ],
  ATTENTION: [...committed, deadline('CAPTURING')],
};

test.each(sagaStates)('%s can be reached', (state) => {
  expect(after(...wayTo[state]).state).toBe(state);
});

type Row = [from: SagaState, message: ReplyType, to: SagaState, sends: CommandName[]];
const table: Row[] = [
  ['RESERVING', 'stock.reserved.v1', 'HOLDING', ['shipment.hold']],
  ['RESERVING', 'stock.rejected.v1', 'REJECTED', []],
  ['HOLDING', 'shipment.held.v1', 'PAYING', ['payment.authorise']],
  ['HOLDING', 'shipment.hold-rejected.v1', 'CANCELLING', ['stock.release']],
  ['HOLDING', 'stock.lease-expired.v1', 'HOLDING', ['stock.renew']],
  ['PAYING', 'payment.action-required.v1', 'AWAITING_CUSTOMER', []],
  ['PAYING', 'payment.authorised.v1', 'COMMITTING', ['stock.commit']],
  ['PAYING', 'payment.declined.v1', 'CANCELLING', ['shipment.cancel', 'stock.release']],
  ['AWAITING_CUSTOMER', 'payment.authorised.v1', 'COMMITTING', ['stock.commit']],
  ['AWAITING_CUSTOMER', 'payment.declined.v1', 'CANCELLING', ['shipment.cancel', 'stock.release']],
  ['AWAITING_CUSTOMER', 'stock.lease-expired.v1', 'AWAITING_CUSTOMER', ['stock.renew']],
  ['COMMITTING', 'stock.committed.v1', 'CAPTURING', ['payment.capture']],
  ['COMMITTING', 'stock.commit-rejected.v1', 'CANCELLING', ['shipment.cancel', 'payment.void']],
  ['CAPTURING', 'payment.captured.v1', 'CONFIRMING', ['shipment.confirm']],
  ['CAPTURING', 'payment.capture-failed.v1', 'CANCELLING', ['shipment.cancel', 'payment.void']],
  ['CONFIRMING', 'shipment.confirmed.v1', 'CONFIRMED', []],
  ['CONFIRMING', 'shipment.dispatched.v1', 'SHIPPED', []],
  ['CONFIRMED', 'shipment.dispatched.v1', 'SHIPPED', []],
  ['CONFIRMED', 'shipment.delivered.v1', 'COMPLETED', []],
  ['CONFIRMED', 'shipment.lost.v1', 'ATTENTION', []],
  ['SHIPPED', 'shipment.delivered.v1', 'COMPLETED', []],
  ['SHIPPED', 'shipment.lost.v1', 'ATTENTION', []],
  ['CANCELLING', 'payment.void-failed.v1', 'REFUNDING', []],
  ['REFUNDING', 'shipment.cancelled.v1', 'REFUNDING', ['stock.restock', 'payment.refund']],
  ['REFUNDING', 'shipment.cancel-rejected.v1', 'ATTENTION', []],
  ['CANCELLED', 'stock.reserved.v1', 'CANCELLED', ['stock.release']],
  ['CANCELLED', 'shipment.held.v1', 'CANCELLED', ['shipment.cancel']],
  ['CANCELLED', 'payment.authorised.v1', 'CANCELLED', ['payment.void']],
  ['CANCELLED', 'stock.committed.v1', 'CANCELLED', ['stock.restock']],
  ['CANCELLED', 'payment.captured.v1', 'CANCELLED', ['payment.refund']],
  ['EXPIRED', 'payment.authorised.v1', 'EXPIRED', ['payment.void']],
  ['REJECTED', 'stock.reserved.v1', 'REJECTED', ['stock.release']],
];
test.each(table)('%s hears %s: %s', (from, message, to, sends) => {
  const decision = step(after(...wayTo[from]), hear(message));
  expect(decision.saga.state).toBe(to);
  expect(sent(decision)).toEqual(sends);
});

test('every message is legal in every state and told twice changes nothing more', () => {
  for (const state of sagaStates)
    for (const { type } of replies) {
      const once = step(after(...wayTo[state]), hear(type)).saga;
      expect(step(once, hear(type)).saga.view.status).toBe(once.view.status);
      expect(sagaStates).toContain(once.state);
    }
});

describe('nothing is undone blindly', () => {
  test('an unanswered capture is asked again, then refunded or voided', () => {
    const cancelled = step(after(...committed), cancel);
    expect(cancelled.saga.state).toBe('REFUNDING');
    expect(sent(cancelled)).toEqual(['shipment.cancel']);
    const asked = step(cancelled.saga, { kind: 'timer', timer: 'resend', state: 'REFUNDING' });
    expect(sent(asked)).toContain('payment.capture');
    const failed = step(cancelled.saga, hear('payment.capture-failed.v1'));
    expect(sent(failed)).toEqual(['payment.void']);
  });

  test('an unanswered commit is asked again, then restocked', () => {
    const cancelled = step(after(...authorised), cancel);
    expect(sent(cancelled)).toEqual(['shipment.cancel', 'payment.void']);
    const gone = step(cancelled.saga, hear('shipment.cancelled.v1'));
    expect(sent(step(gone.saga, hear('stock.committed.v1')))).toEqual(['stock.restock']);
    expect(step(gone.saga, hear('stock.commit-rejected.v1')).saga.stock).toBe('clean');
  });

  test('money that was reserved after a void was asked for needs another void', () => {
    const cancelled = step(after(...booked), cancel);
    const late = step(cancelled.saga, hear('payment.authorised.v1'));
    expect(late.effects).toContainEqual({ kind: 'send', command: 'payment.void', round: 2 });
    const stale = step(late.saga, hear('payment.voided.v1')).saga;
    expect(stale.payment).toBe('voiding');
    const voided: Reply = { type: 'payment.voided.v1', data: { ...pay, round: 2 } };
    expect(step(stale, { kind: 'message', message: voided }).saga.payment).toBe('clean');
  });

  test('an answer in doubt is asked for again with the same round', () => {
    const { effects } = step(after(...booked), { kind: 'timer', timer: 'resend', state: 'PAYING' });
    expect(effects).toContainEqual({
      kind: 'send',
      command: 'payment.authorise',
      round: 1,
      again: true,
    });
    expect(effects).toContainEqual({ kind: 'set-timer', timer: 'resend', at: '2026-11-22T09:30:05.000Z' });
  });
});

test('deadlines end what can be undone and call a person for the rest', () => {
  const outcome = (state: SagaState) => step(after(...wayTo[state]), deadline(state)).saga.state;
  expect(outcome('RESERVING')).toBe('CANCELLING');
  expect(outcome('HOLDING')).toBe('CANCELLING');
  expect(outcome('AWAITING_CUSTOMER')).toBe('CANCELLING');
  for (const state of ['CAPTURING', 'CONFIRMING', 'CANCELLING', 'REFUNDING'] as const)
    expect(outcome(state)).toBe('ATTENTION');
  const late = after(...committed);
  expect(step(late, deadline('RESERVING')).saga).toEqual(late);
});

test('the window to pay is opened once and further declines do not extend it', () => {
  const waiting = after(...wayTo.AWAITING_CUSTOMER);
  const declined: Reply = { type: 'payment.declined.v1', data: { ...pay, final: false, reason: 'funds' } };
  const later = { at: '2026-11-22T09:40:00.000Z', timing: defaultTiming };
  const again = decide(waiting, { kind: 'message', message: declined }, later).saga;
  expect(again.customerUntil).toBe('2026-11-22T10:00:00.000Z');
  expect(again.view.nextAction?.kind).toBe('choose-another-method');
});

test('each try that is declined is told, and told once', () => {
  const declined = (tries?: number): Input => ({
    kind: 'message',
    message: {
      type: 'payment.declined.v1',
      data: { ...pay, final: false, reason: 'funds', ...(tries === undefined ? {} : { tries }) },
    },
  });
  const declines = (...inputs: Input[]) =>
    after(...wayTo.PAYING, ...inputs).view.steps.filter(({ step }) => step === 'payment-declined').length;
  expect(declines(declined(1))).toBe(1);
  expect(declines(declined(1), declined(1))).toBe(1);
  expect(declines(declined(1), declined(2))).toBe(2);
  expect(declines(declined(1), declined(2), declined(1), declined(2))).toBe(2);
  // A payment service of before does not count.
  expect(declines(declined(), declined())).toBe(1);
});

test('a person decides from attention on: answers are only written down', () => {
  const decision = step(after(...wayTo.ATTENTION), hear('payment.captured.v1'));
  expect(decision.saga).toMatchObject({ state: 'ATTENTION', payment: 'captured' });
  expect(sent(decision)).toEqual([]);
});

test.each([
  ['RESERVING', 'open'],
  ['CONFIRMED', 'open'],
  ['CANCELLING', 'turned'],
  ['SHIPPED', 'shipped'],
  ['COMPLETED', 'shipped'],
  ['REJECTED', 'ended'],
  ['ATTENTION', 'ended'],
] as const)('a cancellation in %s finds it %s', (state, answer) => {
  expect(cancellability(state)).toBe(answer);
});

const undone = [hear('shipment.cancelled.v1'), hear('stock.released.v1'), hear('payment.voided.v1')];

describe('a mobile wallet', () => {
  const charging = run(begun(mobile), ...booked);
  const charged = run(charging, hear('payment.captured.v1'));

  test('is charged at once and never captured', () => {
    expect(sent(step(run(begun(mobile), ...held), hear('shipment.held.v1')))).toEqual(['payment.charge']);
    expect(charged).toMatchObject({ state: 'COMMITTING', payment: 'captured', stock: 'committing' });
    const decision = step(charged, hear('stock.committed.v1'));
    expect(decision.saga.state).toBe('CONFIRMING');
    expect(sent(decision)).toEqual(['shipment.confirm']);
  });

  test('has five minutes, and no letter asks whoever is asked on the phone', () => {
    const nextAction = { kind: 'confirm-on-phone' as const, detail: 'now' };
    const asked: Reply = { type: 'payment.action-required.v1', data: { ...pay, nextAction } };
    const decision = step(charging, { kind: 'message', message: asked });
    expect(decision.saga).toMatchObject({
      state: 'AWAITING_CUSTOMER',
      customerUntil: '2026-11-22T09:35:00.000Z',
    });
    expect(decision.effects.some(({ kind }) => kind === 'notify')).toBe(false);
    const expired = step(decision.saga, hear('payment.expired.v1'));
    expect(expired.saga.state).toBe('AWAITING_CUSTOMER');
    expect(expired.effects).toContainEqual({ kind: 'notify', template: 'payment-action' });
  });

  test('goods that got lost after it are asked for once more, then the money goes back', () => {
    const again = step(charged, hear('stock.commit-rejected.v1'));
    expect(again.effects).toContainEqual({ kind: 'send', command: 'stock.reserve', round: 2 });
    expect(again.saga.state).toBe('COMMITTING');
    expect(step(again.saga, hear('stock.rejected.v1')).saga).toEqual(again.saga);
    const gone: Reply = { type: 'stock.rejected.v1', data: { ...ids, round: 2, shortages: [] } };
    const lost = step(again.saga, { kind: 'message', message: gone }).saga;
    expect(lost).toMatchObject({ state: 'REFUNDING', view: { reason: { code: 'stock-lost' } } });
  });

  test('a success after the end goes back and the end stays', () => {
    const ended = run(charging, cancel, ...undone);
    expect(ended.state).toBe('CANCELLED');
    const late = step(ended, hear('payment.late-success.v1'));
    expect(sent(late)).toEqual(['payment.refund']);
    expect(late.saga.state).toBe('CANCELLED');
  });
});

describe('a person who resumes', () => {
  test.each(['CAPTURING', 'CONFIRMING', 'REFUNDING'] as const)('goes on in %s', (state) => {
    const called = run(after(...wayTo[state]), deadline(state));
    expect(called.attention?.from).toBe(state);
    const resumed = step(called, { kind: 'resume' });
    expect(resumed.saga.state).toBe(state);
    expect(resumed.saga.attention).toBeUndefined();
    expect(resumed.effects.some((it) => it.kind === 'send' && it.again)).toBe(true);
    expect(resumed.effects.some((it) => it.kind === 'set-timer' && it.timer === 'deadline')).toBe(true);
  });

  test('finds what was answered in the meantime', () => {
    const called = run(after(...wayTo.CAPTURING), deadline('CAPTURING'), hear('payment.captured.v1'));
    expect(run(called, { kind: 'resume' })).toMatchObject({ state: 'CONFIRMING', payment: 'captured' });
  });

  test('asks anew for a refund that was refused', () => {
    const refused = run(
      after(...wayTo.REFUNDING),
      hear('shipment.cancelled.v1'),
      hear('payment.refund-failed.v1'),
    );
    expect(refused).toMatchObject({ state: 'ATTENTION', payment: 'stuck' });
    const { saga, effects } = step(refused, { kind: 'resume' });
    expect(effects).toContainEqual(expect.objectContaining({ command: 'payment.refund', round: 2 }));
    expect(refundIdOf(terms.refundId, 2)).not.toBe(terms.refundId);
    expect(step(saga, hear('payment.refunded.v1')).saga.payment).toBe('refunding');
  });

  test('also helps a saga that does not know where it came from', () => {
    const { attention: _, ...called } = run(after(...wayTo.CONFIRMING), deadline('CONFIRMING'));
    expect(run(called, { kind: 'resume' }).state).toBe('CONFIRMING');
  });
});
