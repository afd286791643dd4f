import type { Sabotage } from '../sabotage.ts';

const asking = 'services/payment/src/clients/asking-cards.ts';
const decisions = 'services/payment/src/domain/payment.ts';

/** Charged twice, not given back, or guessed. */
export const money: readonly Sabotage[] = [
  {
    name: 'timeout-taken-for-decline',
    mistake: 'A provider that does not answer in time is believed to have declined.',
    service: 'payment',
    changes: [
      {
        file: 'services/payment/src/events/reconciler.ts',
        find: "return { kind: 'unknown' };",
        replace: "return { kind: 'declined', final: true, reason: 'timeout' };",
      },
    ],
    breaks: ['I1', 'I14'],
    // A webhook would tell the truth in the end.
    faultsNeeded: [{ fault: 'provider-silent', target: 'card' }],
    buyersNeeded: ['sim_timeout_after_commit'],
  },
  {
    name: 'charged-again-on-unknown',
    mistake: 'An authorisation without an answer is sent again under a new key instead of being looked up.',
    service: 'payment',
    changes: [
      {
        file: asking,
        find: "const known = askedBefore ? await provider.findByKey(attempt.id) : ({ kind: 'none' } as const);",
        replace: "const known = { kind: 'none' } as const;",
      },
      { file: asking, find: 'attemptId: attempt.id,', replace: 'attemptId: crypto.randomUUID(),' },
    ],
    breaks: ['I1', 'I14'],
    faultsNeeded: [],
    buyersNeeded: ['sim_timeout_after_commit'],
  },
  {
    name: 'captured-twice',
    mistake: 'A capture that is asked for again while the first one is open begins another one.',
    service: 'payment',
    changes: [
      {
        file: decisions,
        find: "return open ? { state: 'authorised' } : { state: 'authorised', start: 'capture' };",
        replace: "return { state: 'authorised', start: 'capture' };",
      },
    ],
    breaks: ['I1', 'I2'],
    faultsNeeded: [{ fault: 'provider-timeout', target: 'card' }],
    buyersNeeded: [],
  },
  {
    name: 'refund-under-a-new-key',
    mistake: 'Every try of a refund is a new request to the provider.',
    service: 'payment',
    changes: [
      {
        file: asking,
        find: 'return provider.refund({ attemptId, providerId, amountMinor });',
        replace: 'return provider.refund({ attemptId: crypto.randomUUID(), providerId, amountMinor });',
      },
    ],
    breaks: ['I1'],
    faultsNeeded: [{ fault: 'refund-silent', target: 'card' }],
    buyersNeeded: ['cancel-when-paid'],
  },
  {
    name: 'refund-counted-not-made',
    mistake: 'A refund is written down as made although the provider refused or was not asked.',
    service: 'payment',
    changes: [
      {
        file: asking,
        find: 'return provider.refund({ attemptId, providerId, amountMinor });',
        replace: "return { kind: 'done' };",
      },
    ],
    breaks: ['I1'],
    faultsNeeded: [],
    buyersNeeded: ['cancel-when-paid'],
  },
  {
    name: 'late-authorisation-kept',
    mistake: 'An authorisation that arrives after the order was cancelled is called void without voiding it.',
    service: 'payment',
    changes: [
      {
        file: decisions,
        find: "return { state: 'authorised', start: 'void' };",
        replace: "return { state: 'voided', reply: { type: 'voided' } };",
      },
    ],
    breaks: ['I1', 'I14'],
    faultsNeeded: [],
    buyersNeeded: ['cancel', 'sim_late_webhook'],
  },
];
