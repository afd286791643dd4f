import { setTimeout as sleep } from 'node:timers/promises';
import type { Arena } from '../arena/arena.ts';
import { type Injector, nothingToHeal } from './injection.ts';

type Part = 'card' | 'carrier';

const TRIES = 40;

/** The simulators' control port; tries until it answers, for they may just be on their way back. */
async function behave({ at }: Arena, part: Part, behaviour: object): Promise<void> {
  for (let left = TRIES; ; left--) {
    try {
      const reply = await fetch(`http://127.0.0.1:${at.ports('simulators')}/${part}/behaviour`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(behaviour),
        signal: AbortSignal.timeout(2000),
      });
      if (reply.ok) return;
      throw new Error(`the simulators answered ${reply.status}: ${await reply.text()}`);
    } catch (error) {
      if (left === 0) throw error;
      await sleep(250);
    }
  }
}

const behaviour =
  (part: Part, wanted: object): Injector =>
  async (_target, { arena }) => {
    await behave(arena, part, wanted);
    return async () => {
      await behave(arena, part, {});
      return undefined;
    };
  };

const repeated = <T>(answers: readonly T[], times: number): T[] =>
  Array.from({ length: times }, () => answers).flat();

export const providerTimeout = behaviour('card', { nextAnswers: repeated(['hang-after-commit'], 6) });
export const providerSilent = behaviour('card', {
  nextAnswers: repeated(['hang-after-commit'], 50),
  webhook: 'never',
});
export const refundSilent = behaviour('card', {
  nextAnswers: repeated(['hang-after-commit'], 50),
  nextAnswersTo: 'refunds',
});
export const providerDrop = behaviour('card', {
  nextAnswers: repeated(['drop-before-commit', 'drop-after-commit'], 5),
});
export const providerErrors = behaviour('card', {
  nextAnswers: repeated(['error-500', 'error-500-after-commit'], 5),
});
export const providerSlow = behaviour('card', { delayMs: 3000, decideAfterMs: 6000 });
export const webhookNever = behaviour('card', { webhook: 'never' });
export const webhookDuplicate = behaviour('card', { webhook: 'duplicate', webhookEvents: 'all' });
export const webhookReorder = behaviour('card', { webhook: 'reorder', webhookEvents: 'all' });
export const carrierPause = behaviour('carrier', { paused: true });

/** Whoever believes it gives goods away: a wrong signature, and one that is long over. */
export const webhookForged: Injector = async (_target, { arena, history }) => {
  const seconds = Math.floor(Date.now() / 1000);
  for (const [time, signature] of [
    [seconds, '00'.repeat(32)],
    [seconds - 3600, 'ff'.repeat(32)],
  ]) {
    const reply = await fetch(`${arena.shop.url}/api/v1/payment/webhooks/simulator`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'simulator-signature': `t=${time},v1=${signature}` },
      body: JSON.stringify({ id: 'evt_forged', type: 'payment.captured', payment: {} }),
      signal: AbortSignal.timeout(20_000),
    }).catch(() => undefined);
    if (reply?.ok !== true) continue;
    const detail = `answered ${reply.status} to a signature that is not the provider's`;
    history.add({ type: 'finding', at: Date.now(), promise: 'I13', id: 'forged webhook', detail });
  }
  return nothingToHeal;
};
