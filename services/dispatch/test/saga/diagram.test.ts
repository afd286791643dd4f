import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { replies } from '../../src/domain/saga/messages.ts';
import type { Input, Saga } from '../../src/domain/saga/saga.ts';
import { reachableEdges } from './edges.ts';

const data = {
  orderId: 'o',
  round: 1,
  shipmentId: 's',
  paymentId: 'p',
  refundId: 'r',
  trackingCode: 't',
  reason: 'r',
  state: 'dispatched',
  final: true,
  key: 'k',
  at: '2026-11-22T09:30:00.000Z',
  shortages: [],
  amount: { amountMinor: 1, currency: 'EUR' },
  captured: { amountMinor: 1, currency: 'EUR' },
  nextAction: { kind: 'confirm', detail: 'bank' } as const,
};
const dataOf = ({ voidRound = 1 }: Saga) => ({ ...data, round: voidRound });
const inputs = (saga: Saga): Input[] => [
  ...replies.map(({ type }): Input => ({ kind: 'message', message: { type, data: dataOf(saga) } })),
  { kind: 'message', message: { type: 'payment.declined.v1', data: { ...data, final: false } } },
  { kind: 'cancel', by: 'customer' },
  { kind: 'timer', timer: 'deadline', state: saga.state },
];

test('the diagram in the README shows every change of state there is, and no other', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const drawn = [...readme.matchAll(/^ +([A-Z_]+) --> ([A-Z_]+)/gm)].map(
    ([, from, to]) => `${from} --> ${to}`,
  );
  expect(drawn.toSorted()).toEqual([...reachableEdges(inputs)].toSorted());
});
