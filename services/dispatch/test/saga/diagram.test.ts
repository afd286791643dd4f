import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { OrderRefund } from '@shopstack/contracts/order';
import { type Reply, type ReplyType, replies } from '../../src/domain/saga/messages.ts';
import { refundIdOf } from '../../src/domain/saga/refund-id.ts';
import type { Input, Saga } from '../../src/domain/saga/saga.ts';
import { reachableEdges } from './edges.ts';

const at = '2026-11-22T09:30:00.000Z';
const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
const data = {
  orderId: 'o',
  round: 1,
  shipmentId: 's',
  paymentId: 'p',
  refundId: 'r',
  disputeId: 'd',
  trackingCode: 't',
  reason: 'r',
  final: true,
  key: 'k',
  at,
  shortages: [],
  amount: eur(3),
  captured: eur(3),
  nextAction: { kind: 'confirm', detail: 'bank' } as const,
};

/** An answer to the newest question; older ones change nothing. */
const roundOf = (type: ReplyType, { stockRound = 1, voidRound = 1 }: Saga): number =>
  type.startsWith('stock.') ? stockRound : voidRound;
const told = (type: ReplyType, saga: Saga, more: object = {}): Input => {
  const message = { type, data: { ...data, state: 'dispatched', round: roundOf(type, saga), ...more } };
  return { kind: 'message', message: message as unknown as Reply };
};
const about = (saga: Saga): Input[] => {
  const whole = refundIdOf(saga.terms.refundId, saga.refundRound ?? 1);
  const ids = [whole, ...(saga.parts ?? []).map(({ id, round }) => refundIdOf(id, round))];
  return [
    ...ids.flatMap((refundId) => [
      told('payment.refunded.v1', saga, { refundId }),
      told('payment.refund-failed.v1', saga, { refundId }),
    ]),
    ...(saga.parts ?? []).map(({ id: key }) => told('stock.restocked.v1', saga, { key })),
  ];
};
/** A kindness, and everything that was sent. One of each shows every change of state there is. */
const parts = (saga: Saga): Input[] => {
  const isKnown = (id: string) => saga.parts?.some((it) => it.id === id) ?? false;
  const refund = (id: string, kind: OrderRefund['kind'], lines: OrderRefund['lines']): OrderRefund => ({
    id,
    kind,
    amount: eur(1),
    lines,
    state: 'requested',
    at,
  });
  const kindness: Input = { kind: 'give-back', refund: refund('kindness', 'refund', []), isLast: false };
  const goods = [{ sku: 'CUP', quantity: 1 }];
  const all: Input = { kind: 'give-back', refund: refund('all', 'return', goods), isLast: true };
  return [...(isKnown('kindness') ? [] : [kindness]), ...(isKnown('all') ? [] : [all])];
};
const always = (saga: Saga): Input[] => [
  ...replies.filter(({ type }) => type !== 'payment.disputed.v1').map(({ type }) => told(type, saga)),
  told('payment.declined.v1', saga, { final: false }),
  ...about(saga),
  { kind: 'cancel', by: 'customer' },
  { kind: 'resume' },
  { kind: 'timer', timer: 'deadline', state: saga.state },
];
const disputes = (saga: Saga): Input[] =>
  (['lost', 'won'] as const).map((state) => told('payment.disputed.v1', saga, { state }));
/** Parts and disputes do not know of each other, so each is walked through by itself. */
const walks = [parts, disputes].map((more) => (saga: Saga) => [...always(saga), ...more(saga)]);

test('the diagram in the README shows every change of state there is, and no other', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const drawn = [...readme.matchAll(/^ +([A-Z_]+) --> ([A-Z_]+)/gm)].map(
    ([, from, to]) => `${from} --> ${to}`,
  );
  const reached = new Set(walks.flatMap((inputs) => [...reachableEdges(inputs)]));
  expect(drawn.toSorted()).toEqual([...reached].toSorted());
});
