import type { Failpoint } from '../failpoint.ts';

const services = ['payment'] as const;
const root = 'services/payment/src';
const reconciler = `${root}/events/reconciler.ts`;
const asking = 'const outcome = await outcomeOf(deps, payment, due);';

/** Around every word with the provider. */
export const payment: readonly Failpoint[] = [
  {
    name: 'intent-committed-not-acknowledged',
    services,
    file: `${root}/events/commands.ts`,
    anchor: 'deps.attempt();',
    at: 'before',
  },
  {
    name: 'attempt-taken-provider-not-asked',
    services,
    file: reconciler,
    anchor: asking,
    at: 'before',
  },
  {
    name: 'provider-answered-outcome-not-kept',
    services,
    file: reconciler,
    anchor: asking,
    at: 'after',
  },
  {
    name: 'attempt-settled-payment-not',
    services,
    file: `${root}/events/settlement.ts`,
    anchor: 'const decision = decide(',
    at: 'before',
  },
  {
    name: 'payment-booked-answer-not-written',
    services,
    file: `${root}/events/settlement.ts`,
    anchor: 'if (message) await appendOutbox(trx, [message]);',
    at: 'before',
  },
  {
    name: 'outcome-committed-not-told',
    services,
    file: reconciler,
    anchor: 'await take(deps, attempt, outcome);',
    at: 'after',
  },
  {
    name: 'charge-settled-payment-not',
    services,
    file: `${root}/events/charging.ts`,
    anchor: 'const decision = afterCharge(',
    at: 'before',
  },
  {
    name: 'webhook-noted-payment-not-hurried',
    services,
    file: `${root}/http/webhooks.ts`,
    anchor: "if (!(await payments.firstEvent(trx, 'simulator', id))) return;",
    at: 'after',
  },
  {
    name: 'webhook-committed-not-answered',
    services,
    file: `${root}/http/webhooks.ts`,
    anchor: 'return ok({ received: true });',
    at: 'before',
  },
  {
    name: 'new-attempt-committed-not-answered',
    services,
    file: `${root}/http/payments.ts`,
    anchor: 'deps.attempt();',
    at: 'before',
  },
];
