import type { ReplyData } from './messages.ts';
import { resume } from './resuming.ts';
import { addStep, callForAttention, giveReason, type Turn } from './turn.ts';

const rank = ['opened', 'lost', 'won'] as const;

/** The cardholder's bank asks for the money back, or has decided. News of a dispute may come twice and out of order. */
export function learnAboutDispute(turn: Turn, data: ReplyData['payment.disputed.v1']): void {
  const { saga } = turn;
  const known = saga.dispute?.id === data.disputeId ? saga.dispute.state : undefined;
  const isNews = known === undefined || rank.indexOf(data.state) > rank.indexOf(known);
  if (!saga.once.captured || !isNews) return;
  saga.dispute = { id: data.disputeId, state: data.state, amountMinor: data.amount.amountMinor };
  switch (data.state) {
    case 'opened':
      addStep(turn, 'disputed');
      giveReason(saga.view, 'payment-disputed');
      break;
    case 'lost':
      addStep(turn, 'disputed');
      saga.view.payment = 'disputed';
      callForAttention(turn, 'payment-disputed');
      break;
    case 'won':
      moneyIsOursAgain(turn);
      break;
    default:
      data.state satisfies never;
  }
}

function moneyIsOursAgain(turn: Turn): void {
  const { saga } = turn;
  if (saga.view.payment === 'disputed') saga.view.payment = saga.once.refunded ? 'refunded' : 'captured';
  const because = saga.view.reason?.code === 'payment-disputed';
  if (because && saga.state === 'ATTENTION') resume(turn);
  if (saga.view.reason?.code === 'payment-disputed') delete saga.view.reason;
}
