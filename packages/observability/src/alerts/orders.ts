import { maxBy, minBy, rate, series, sumBy } from '../promql.ts';
import type { Alert } from './alert.ts';

/** States in which the saga waits for a service of ours; customers and carriers may take their time. */
const ours = ['RESERVING', 'HOLDING', 'PAYING', 'COMMITTING', 'CAPTURING', 'CONFIRMING', 'CANCELLING'];
/** Every copy of dispatch tells the same of the one database. */
const waiting = sumBy(
  [],
  maxBy(['state'], `min_over_time(${series('shop_sagas', 'dispatch', { state: ours })}[5m])`),
);
const placed = sumBy([], rate(series('shop_orders_reached_total', 'dispatch', { status: 'placed' }), '5m'));
const auditAge = series('shop_audit_age_seconds', 'dispatch');

/** Orders as a whole. */
export const orderAlerts: readonly Alert[] = [
  {
    name: 'OrdersHang',
    severity: 'critical',
    expr: `${waiting} / (${placed} or ${waiting} * 0) > 120`,
    for: '2m',
    summary: 'Orders stand still',
    description:
      'At the rate of new orders, those that wait for a service of ours take {{ $value | humanizeDuration }}; meant are seconds.',
    meaning: 'Orders wait for a service of ours and do not go on',
    fires: '2 minutes after 5 minutes in which so many waited that the mean wait is above 2 minutes',
  },
  {
    name: 'TimersLate',
    severity: 'critical',
    expr: `${maxBy([], series('shop_timers_late_seconds', 'dispatch'))} > 60`,
    for: '2m',
    summary: 'Sagas are not woken in time',
    description:
      'The most overdue timer is {{ $value | humanizeDuration }} late: nothing is sent again, nothing expires.',
    meaning: 'Timers of sagas do not fire',
    fires: '2 minutes after a timer is a minute late',
  },
  {
    name: 'OrdersNeedAttention',
    severity: 'warning',
    expr: `${maxBy([], series('shop_sagas', 'dispatch', { state: 'ATTENTION' }))} > 0`,
    for: '5m',
    summary: '{{ $value }} orders wait for a person',
    description: 'Their sagas have done what they could. The customers were told that support looks at it.',
    meaning: 'Sagas have called a person',
    fires: '5 minutes after the first',
  },
  {
    name: 'AuditViolations',
    severity: 'critical',
    expr: `${maxBy(['promise'], series('shop_audit_violations', 'dispatch'))} > 0`,
    for: '1m',
    summary: 'The promise {{ $labels.promise }} is broken {{ $value }} times',
    description: 'The newest audit compared all stores and found money, goods or orders that do not agree.',
    meaning: 'The audit found a broken promise',
    fires: '1 minute after the report',
  },
  {
    name: 'AuditMissing',
    severity: 'warning',
    expr: `${minBy([], auditAge)} > 3600 or absent(${auditAge})`,
    for: '1h',
    summary: 'Nobody has looked whether the promises hold',
    description: 'dispatch should be handed a report every hour; for an hour more there was none.',
    meaning: 'No audit has reported when it should have',
    fires: '1 hour after the newest report is an hour old, or an hour without any',
  },
];
