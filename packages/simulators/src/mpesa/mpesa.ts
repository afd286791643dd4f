import { randomUUID } from 'node:crypto';
import { openDatabase } from '../database.ts';
import { deliveriesSchema, openDeliveries } from '../deliveries.ts';
import { openTicking } from '../ticking.ts';
import { type MpesaBehaviour, mpesaBehaviour } from './behaviour.ts';
import { reversalResult, stkCallback } from './callbacks.ts';
import { type Checkout, decide, newCheckout, reverse, type Wish } from './checkout.ts';
import { memorySchema, openMemory } from './memory.ts';
import { effectOf } from './phones.ts';

export interface MpesaOptions {
  consumerKey: string;
  consumerSecret: string;
  shortCode: string;
  passkey: string;
  /** Daraja knows no currencies; the ledger does. */
  currency: string;
  paceMs: number;
  lateMs: number;
}
export interface Reversal {
  receipt: string;
  amountMinor: number;
  occasion: string;
  resultUrl: string;
}
export type Mpesa = ReturnType<typeof openMpesa>;

/** M-Pesa behind its HTTP interface: prompts, money, callbacks, all in one file. */
export function openMpesa(file: string, options: MpesaOptions) {
  const db = openDatabase(file, memorySchema + deliveriesSchema);
  const memory = openMemory(db, options.currency);
  const callbacks = openDeliveries(db, () => ({}));
  const Behaviour = mpesaBehaviour(options);
  let behaviour: MpesaBehaviour = Behaviour.parse({});

  const tell = (callback: { url: string; body: string }) => {
    const times = { never: 0, normal: 1, duplicate: 2 }[behaviour.callback];
    for (let time = 0; time < times; time++) callbacks.add({ lane: randomUUID(), ...callback });
  };
  const decided = (waiting: Checkout) => {
    const { resultCode } = effectOf(waiting.phone);
    const it = decide(waiting, resultCode);
    if (!it) return;
    memory.save(it, resultCode === 0 ? 'captured' : 'declined');
    if (it.receipt !== undefined) {
      const { receipt, reference, amountMinor, phone } = it;
      memory.addTransaction({ kind: 'payment', receipt, reference, amountMinor, phone, at: Date.now() });
    }
    tell(stkCallback(it, resultCode));
  };
  const deciding = openTicking(() => {
    for (const waiting of memory.undecided(Date.now())) db.transaction(() => decided(waiting));
  }, 50);

  return {
    memory,
    behaviour: () => behaviour,
    behave(next: unknown) {
      behaviour = Behaviour.parse(next);
    },
    nextAnswer: () => behaviour.nextAnswers.shift() ?? 'normal',
    waitingCallbacks: () => callbacks.waiting(),
    /** Puts a prompt on the phone, each time it is called. */
    push: (wish: Wish): Checkout =>
      db.transaction(() => {
        const it = newCheckout(wish);
        const waits = effectOf(wish.phone).waits;
        const { decideAfterMs, lateAfterMs, promptMs } = behaviour;
        const waitMs = { decide: decideAfterMs, late: lateAfterMs, prompt: promptMs }[waits];
        memory.save(it, 'pending', { decideAt: waitMs === undefined ? null : Date.now() + waitMs });
        return it;
      }),
    /** Sends money back, each time it is called, and reports it. Answers the conversation's id. */
    reverse: (wish: Reversal): string =>
      db.transaction(() => {
        const { receipt, amountMinor, occasion, resultUrl: url } = wish;
        const paid = memory.findByReceipt(receipt);
        const it = paid && reverse(paid, { amountMinor, occasion });
        const made = it?.reversals.at(-1);
        if (it && made) {
          memory.save(it, 'refunded', { amountMinor });
          const entry = { receipt: made.receipt, reference: occasion, phone: it.phone, amountMinor };
          memory.addTransaction({ kind: 'reversal', ...entry, at: Date.now() });
        }
        const conversationId = randomUUID();
        tell(
          reversalResult({ url, conversationId, receipt: made?.receipt ?? receipt, done: it !== undefined }),
        );
        return conversationId;
      }),
    forget: () =>
      db.transaction(() => {
        memory.forget();
        callbacks.forget();
      }),
    async close() {
      await Promise.all([deciding.close(), callbacks.close()]);
      db.close();
    },
  };
}
