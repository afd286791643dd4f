import { budgetOf, type Objective, windowDays } from '../objectives/objective.ts';
import { errorRatio, type Range } from '../objectives/recording.ts';
import { recorded } from '../promql.ts';
import type { Alert, Severity } from './alert.ts';

interface Tier {
  /** Times the rate at which the budget would last for the whole window. */
  burn: number;
  /** Long enough to matter. */
  long: Range;
  /** Short enough to end soon after the fault. */
  short: Range;
}
const fast: readonly Tier[] = [
  { burn: 14.4, long: '1h', short: '5m' },
  { burn: 6, long: '6h', short: '30m' },
];
const slow: readonly Tier[] = [
  { burn: 3, long: '1d', short: '2h' },
  { burn: 1, long: '3d', short: '6h' },
];

/** The budget of an objective burns too fast: a page for what is over in days, a warning for what is over in weeks. */
export const burning = (objective: Objective): Alert[] => [
  alert(objective, fast, {
    name: 'ErrorBudgetBurnsFast',
    severity: 'critical',
    for: '2m',
    meaning: 'So many customers meet a failure that the month’s budget is gone within days',
    fires: '2 minutes after 14.4 × the budget over 1 h and 5 min, or 6 × over 6 h and 30 min',
  }),
  alert(objective, slow, {
    name: 'ErrorBudgetBurnsSlowly',
    severity: 'warning',
    for: '15m',
    meaning: 'Failures go on at a rate at which the month’s budget does not last',
    fires: '15 minutes after 3 × the budget over 1 d and 2 h, or 1 × over 3 d and 6 h',
  }),
];

function alert(
  objective: Objective,
  tiers: readonly Tier[],
  of: { name: string; severity: Severity; for: Alert['for']; meaning: string; fires: string },
): Alert {
  const { id, job, target, promise, felt } = objective;
  const percent = Number((target * 100).toFixed(2));
  return {
    ...of,
    expr: tiers.map((tier) => `(${exceeds(objective, tier)})`).join(' or '),
    labels: { slo: id },
    summary: `${felt} ({{ $labels.job }}, ${id})`,
    description: `{{ $value | humanizePercentage }} were bad; promised over ${windowDays} days: ${percent} % of ${promise}. Measured by ${job}.`,
  };
}

function exceeds(objective: Objective, { burn, long, short }: Tier): string {
  const over = (range: Range) =>
    `${recorded(errorRatio(range), objective.job, { slo: objective.id })} > ${burn} * ${budgetOf(objective)}`;
  return `${over(long)} and ${over(short)}`;
}
