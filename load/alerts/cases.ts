import { type Fault, frozen, keptDown, poisoned, unheardOf } from './faults.ts';

/** One alert that a fault must raise. How long it holds before it fires is in its rule, not here. */
export interface Expectation {
  alert: string;
  labels: Readonly<Record<string, string>>;
  /** Seconds from the fault until what the rule looks at is so: what its expression says besides `for`. */
  holdsWithinS: number;
  /** Seconds from the end of the fault until what the rule looks at is so no more: a rate looks back as far as its range. */
  endsWithinS: number;
  /** Another alert speaks for it: Prometheus shows it, and nobody is told. */
  hushedBy?: string;
}
export interface Case {
  fault: Fault;
  /** What cannot be disturbed at the same time as anything of the same name. */
  uses?: 'orders';
  raises: readonly Expectation[];
}

const MINUTE = 60;
/** Until the next scrape has noticed that nobody answers: 5 s, and 4 s for the answer. */
const NOTICED = 10;
/** A process that was killed again and again is brought back within 10 s, and needs as long to start. */
const BACK = 30;

/** The pair of 6 hours and half an hour: 6 times the budget is passed until no failure is within the half hour. */
const BUDGET_LOOKS_BACK = 30 * MINUTE + BACK;

/** What is proven by fault; the proof names the alerts that only promtool's tests prove. */
export const cases: readonly Case[] = [
  {
    fault: keptDown('ratings'),
    raises: [{ alert: 'ServiceDown', labels: { job: 'ratings' }, holdsWithinS: NOTICED, endsWithinS: BACK }],
  },
  {
    fault: poisoned('catalogue.ratings'),
    raises: [
      {
        alert: 'DeadLettersOpen',
        labels: { queue: 'catalogue.ratings' },
        holdsWithinS: 2 * NOTICED,
        endsWithinS: 2 * NOTICED,
      },
    ],
  },
  {
    fault: unheardOf('shop.commands'),
    raises: [
      {
        alert: 'MessagesUnrouted',
        labels: {},
        holdsWithinS: 2 * NOTICED,
        endsWithinS: 15 * MINUTE + NOTICED,
      },
    ],
  },
  {
    fault: keptDown('traces'),
    raises: [
      // Spans are sent after 2 s, and given up after 5 s.
      { alert: 'SpansDropped', labels: { job: 'user' }, holdsWithinS: 30, endsWithinS: 10 * MINUTE + BACK },
    ],
  },
  {
    fault: frozen('redis'),
    uses: 'orders',
    raises: [
      { alert: 'StoreDown', labels: { dependency: 'redis' }, holdsWithinS: NOTICED, endsWithinS: BACK },
      {
        alert: 'ErrorBudgetBurnsFast',
        labels: { slo: 'cart-availability' },
        // 14.4 times the budget is one request in 70: as soon as the first was answered with an error.
        holdsWithinS: 30,
        endsWithinS: BUDGET_LOOKS_BACK,
      },
    ],
  },
  {
    fault: frozen('rabbitmq', 'the broker stands still'),
    uses: 'orders',
    raises: [
      { alert: 'StoreDown', labels: { dependency: 'rabbitmq' }, holdsWithinS: NOTICED, endsWithinS: BACK },
      {
        alert: 'OutboxStuck',
        labels: { job: 'dispatch' },
        holdsWithinS: MINUTE + NOTICED,
        endsWithinS: BACK,
        hushedBy: 'StoreDown',
      },
      {
        alert: 'ErrorBudgetBurnsFast',
        labels: { slo: 'orders-confirmed' },
        // 14.4 times the budget of the hour, of which there are only the minutes since the start.
        holdsWithinS: 4 * MINUTE,
        endsWithinS: BUDGET_LOOKS_BACK,
      },
    ],
  },
  {
    fault: frozen('simulators', 'payment provider, carrier and mail server stand still'),
    uses: 'orders',
    raises: [
      { alert: 'MailDown', labels: {}, holdsWithinS: NOTICED, endsWithinS: BACK },
      {
        alert: 'BreakerOpen',
        labels: { job: 'payment', to: 'card-provider' },
        holdsWithinS: 2 * MINUTE,
        endsWithinS: MINUTE,
      },
    ],
  },
];
