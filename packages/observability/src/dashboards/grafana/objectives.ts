import { budgetOf, type Objective, windowDays } from '../../objectives/objective.ts';
import { objectives } from '../../objectives/objectives.ts';
import { errorRatio, type Range } from '../../objectives/recording.ts';
import { falling, rising } from './look.ts';
import type { Plan } from './model.ts';
import { stat, table, timeseries } from './panels.ts';
import { series } from './queries.ts';

/** Where nothing was asked a share is no number: comparisons leave it out. */
const each = (expression: (objective: Objective) => string): string =>
  objectives.map(expression).join(' or ');
const ofOne = ({ id }: Objective): string => `slo="${id}"`;
/** How many times faster than allowed the errors of a range use up the budget. */
const burnRate = (range: Range): string =>
  each((it) => `${series(errorRatio(range), ofOne(it))} / ${budgetOf(it)} >= 0`);
const left = (it: Objective): string =>
  `1 - ${series(errorRatio(`${windowDays}d`), ofOne(it))} / ${budgetOf(it)} <= 1`;
const target = (it: Objective): string => `${series('slo:events:rate5m', ofOne(it))} * 0 + ${it.target}`;

/** What is left of each objective's budget of errors: 1 all of it, 0 nothing, less than 0 the objective is missed. */
export const budgetLeft = each(left);

const budget = {
  title: `Budget of errors, ${windowDays} days`,
  panels: [
    stat({
      title: 'Left of the budget',
      why: `Share of the errors that customers may meet in ${windowDays} days and have not met yet. Below 0 the objective is missed: what is risky waits, what makes the shop steadier comes first.`,
      unit: 'percentunit',
      decimals: 1,
      min: 'free',
      width: 24,
      height: 5,
      queries: [{ expr: budgetLeft, legend: '{{slo}}' }],
      thresholds: falling(0, 0.25),
    }),
    table({
      title: 'Objectives',
      why: objectives
        .map(
          ({ id, target: share, promise }) => `${id}: ${Number((share * 100).toFixed(3))} % of ${promise}.`,
        )
        .join(' '),
      unit: 'none',
      sortBy: 'Burn, 1 h',
      height: 9,
      queries: [
        { expr: each(target), legend: '' },
        { expr: `1 - ${series(errorRatio(`${windowDays}d`))} <= 1`, legend: '' },
        { expr: budgetLeft, legend: '' },
        { expr: burnRate('5m'), legend: '' },
        { expr: burnRate('1h'), legend: '' },
        { expr: burnRate('6h'), legend: '' },
        { expr: burnRate('3d'), legend: '' },
      ],
      columns: [
        { field: 'slo', name: 'Objective' },
        { field: 'job', name: 'Service' },
        { field: 'Value #A', name: 'Promised', unit: 'percentunit' },
        { field: 'Value #B', name: `Kept, ${windowDays} d`, unit: 'percentunit', decimals: 3 },
        {
          field: 'Value #C',
          name: 'Budget left',
          unit: 'percentunit',
          decimals: 1,
          thresholds: falling(0, 0.25),
        },
        { field: 'Value #D', name: 'Burn, 5 min', decimals: 1, thresholds: rising(1, 14.4) },
        { field: 'Value #E', name: 'Burn, 1 h', decimals: 1, thresholds: rising(1, 14.4) },
        { field: 'Value #F', name: 'Burn, 6 h', decimals: 1, thresholds: rising(1, 6) },
        { field: 'Value #G', name: 'Burn, 3 d', decimals: 2, thresholds: rising(1, 1) },
      ],
    }),
    timeseries({
      title: 'Budget left over time',
      why: 'A step down is an incident; a slope is a fault that nobody noticed.',
      unit: 'percentunit',
      min: 'free',
      width: 24,
      queries: [{ expr: budgetLeft, legend: '{{slo}}' }],
      thresholds: falling(0, 0.25),
    }),
  ],
};

const burning = {
  title: 'Burn rates',
  panels: [
    timeseries({
      title: 'Burn rate of the last hour',
      why: `1 uses the whole budget in ${windowDays} days, 14.4 a fiftieth of it in an hour. Dashed: where the fast alerts look.`,
      unit: 'none',
      queries: [{ expr: burnRate('1h'), legend: '{{slo}}' }],
      thresholds: rising(6, 14.4),
    }),
    timeseries({
      title: 'Burn rate of the last three days',
      why: 'The slow leak: above 1 the month will not hold.',
      unit: 'none',
      queries: [{ expr: burnRate('3d'), legend: '{{slo}}' }],
      thresholds: rising(0.8, 1),
    }),
    timeseries({
      title: 'Share of errors, 5 minutes',
      why: 'What the burn rates are made of.',
      unit: 'percentunit',
      queries: [{ expr: series(errorRatio('5m')), legend: '{{slo}}' }],
    }),
    timeseries({
      title: 'Events',
      why: 'How much is counted. Few events make a share jump: one failed order of ten is 10 %.',
      unit: 'ops',
      queries: [{ expr: series('slo:events:rate5m'), legend: '{{slo}}' }],
    }),
  ],
};

export const slo: Plan = {
  uid: 'shop-objectives',
  title: 'Objectives',
  description: `What customers are promised over ${windowDays} days, how much of it is kept, and how fast the budget of errors is used.`,
  from: 'now-7d',
  sections: [budget, burning],
};
