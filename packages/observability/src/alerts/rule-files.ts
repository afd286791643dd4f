import { stringify } from 'yaml';
import { objectives } from '../objectives/objectives.ts';
import { type RecordingRule, recordingRules } from '../objectives/recording.ts';
import { type Alert, runbookUrl } from './alert.ts';
import { burning } from './burning.ts';
import { messageAlerts } from './messages.ts';
import { orderAlerts } from './orders.ts';
import { serviceAlerts } from './services.ts';
import { storeAlerts } from './stores.ts';

const burnAlerts = objectives.flatMap(burning);

/** Every alerting rule; one name may have several. */
export const alerts: readonly Alert[] = [
  ...burnAlerts,
  ...serviceAlerts,
  ...storeAlerts,
  ...messageAlerts,
  ...orderAlerts,
];

const alertRule = (it: Alert) => ({
  alert: it.name,
  expr: it.expr,
  for: it.for,
  labels: { severity: it.severity, ...it.labels },
  annotations: { summary: it.summary, description: it.description, runbook_url: runbookUrl(it.name) },
});
const isLong = ({ record }: RecordingRule): boolean => /:[0-9]+d$/.test(record);
const recording = recordingRules(objectives);

const files = {
  objectives: [
    { name: 'objectives', rules: recording.filter((it) => !isLong(it)) },
    // Sums over weeks are dear, and change slowly.
    { name: 'objectives-of-days', interval: '2m', rules: recording.filter(isLong) },
    { name: 'error-budgets', rules: burnAlerts.map(alertRule) },
  ],
  services: [{ name: 'services', rules: serviceAlerts.map(alertRule) }],
  stores: [{ name: 'stores', rules: storeAlerts.map(alertRule) }],
  messages: [{ name: 'messages', rules: messageAlerts.map(alertRule) }],
  orders: [{ name: 'orders', rules: orderAlerts.map(alertRule) }],
};

const head = '# Made by `node packages/observability/src/renew.ts`; a test compares.\n';

/** Prometheus' rule files by their path in this package. */
export const ruleFiles = (): Map<string, string> =>
  new Map(
    Object.entries(files).map(([name, groups]) => [
      `rules/${name}.yaml`,
      head + stringify({ groups }, { lineWidth: 0 }),
    ]),
  );
