import type { OrderRefund } from '@shopstack/contracts/order';
import type { Reply } from './messages.ts';
import { outstandingOf } from './outstanding.ts';
import { refundIdOf } from './refund-id.ts';
import type { Part, Saga, SagaState } from './saga.ts';
import { addStep, callForAttention, enter, giveReason, notify, send, type Turn } from './turn.ts';

const returnable: readonly SagaState[] = ['SHIPPED', 'COMPLETED'];
const kept: readonly SagaState[] = ['CONFIRMED', 'SHIPPED', 'COMPLETED', 'ATTENTION'];

/** Whether a part may go back now: goods when the customer has them, money alone while the order is kept. */
export function mayGiveBack({ state, undoing, payment }: Saga, kind: OrderRefund['kind']): boolean {
  if (undoing || payment !== 'captured') return false;
  return (kind === 'return' ? returnable : kept).includes(state);
}

export const areSettled = ({ parts = [] }: Saga): boolean =>
  parts.every(({ stock, money }) => stock !== 'restocking' && money === 'done');

/** A part goes back beside the saga: nothing waits for it, except that the last one ends the order. */
export function giveBack(turn: Turn, refund: OrderRefund, isLast: boolean): void {
  const { saga } = turn;
  if (!mayGiveBack(saga, refund.kind)) return;
  const isFree = refund.amount.amountMinor === 0;
  const part: Part = {
    id: refund.id,
    stock: refund.lines.length > 0 ? 'restocking' : 'none',
    money: isFree ? 'done' : 'refunding',
    round: 1,
  };
  saga.parts = [...(saga.parts ?? []), part];
  saga.view.refunds = [...(saga.view.refunds ?? []), { ...refund, state: isFree ? 'refunded' : 'requested' }];
  if (refund.kind === 'return') {
    addStep(turn, 'return-requested');
    notify(turn, 'return-requested', refund.id);
  }
  tellRefunds(turn);
  for (const { command } of outstandingOf(part)) send(turn, command, part.id);
  if (isLast) endByReturns(turn);
}

/** Nothing is left with the customer that the order could be kept for; the parts carry all goods and all money. */
function endByReturns(turn: Turn): void {
  const { saga } = turn;
  giveReason(saga.view, 'returned');
  saga.undoing = true;
  saga.stock = 'clean';
  saga.payment = 'clean';
  saga.once.refunded = true;
  saga.refundedMinor = 0;
  enter(turn, 'REFUNDING');
}

/** True when the message was about a part. Parts are told of in every state. */
export function learnAboutPart(turn: Turn, message: Reply): boolean {
  switch (message.type) {
    case 'stock.restocked.v1':
      return goodsCameBack(turn, message.data.key);
    case 'payment.refunded.v1':
      return moneyWentBack(turn, message.data.refundId);
    case 'payment.refund-failed.v1':
      return moneyStayed(turn, message.data.refundId);
    default:
      return false;
  }
}

function goodsCameBack(turn: Turn, key: string): boolean {
  const part = turn.saga.parts?.find(({ id }) => id === key);
  if (part?.stock === 'restocking') {
    part.stock = 'done';
    addStep(turn, 'goods-returned');
  }
  return part !== undefined;
}

function moneyWentBack(turn: Turn, refundId: string): boolean {
  const part = partOfRefund(turn.saga, refundId);
  if (part?.money === 'refunding' && refundId === refundIdOf(part.id, part.round)) {
    part.money = 'done';
    show(turn, part.id, 'refunded');
    addStep(turn, 'partly-refunded');
    if (!turn.saga.undoing) notify(turn, 'refund-made', part.id);
  }
  return part !== undefined;
}

function moneyStayed(turn: Turn, refundId: string): boolean {
  const part = partOfRefund(turn.saga, refundId);
  if (part?.money === 'refunding' && refundId === refundIdOf(part.id, part.round)) {
    part.money = 'failed';
    show(turn, part.id, 'failed');
    callForAttention(turn, 'refund-failed');
  }
  return part !== undefined;
}

/** Also by an id of an earlier asking: its answer is old, and nobody else's. */
function partOfRefund({ parts = [] }: Saga, refundId: string): Part | undefined {
  const idsOf = ({ id, round }: Part) =>
    Array.from({ length: round }, (_, earlier) => refundIdOf(id, earlier + 1));
  return parts.find((it) => idsOf(it).includes(refundId));
}

/** Asks anew for the money of parts that was refused. */
export function askForPartsAnew(turn: Turn): void {
  for (const part of turn.saga.parts ?? []) {
    if (part.money !== 'failed') continue;
    part.money = 'refunding';
    part.round += 1;
    show(turn, part.id, 'requested');
    send(turn, 'payment.refund', part.id);
  }
}

function show(turn: Turn, partId: string, state: OrderRefund['state']): void {
  const shown = turn.saga.view.refunds?.find(({ id }) => id === partId);
  if (shown) shown.state = state;
  tellRefunds(turn);
}

const tellRefunds = ({ effects, saga }: Turn) =>
  effects.push({ kind: 'refund-changed', status: saga.view.status });
