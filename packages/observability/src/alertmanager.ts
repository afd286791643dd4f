import { stringify } from 'yaml';

/** Channels of the team's Slack. */
const channels = { pages: '#shopstack-pages', alerts: '#shopstack-alerts' } as const;

const group = ['alertname', 'namespace', 'job', 'dependency', 'slo'];
const route = {
  receiver: 'alerts',
  group_by: group,
  group_wait: '30s',
  group_interval: '5m',
  repeat_interval: '12h',
  routes: [
    // kube-prometheus-stack's: what is not worth a message, and what fires always on purpose.
    { receiver: 'nobody', matchers: ['severity=~"info|none"'] },
    { receiver: 'pages', matchers: ['severity="critical"'], group_wait: '10s', repeat_interval: '1h' },
  ],
};

const inhibitRules = [
  // Whatever else is wrong with a service that is gone, it is gone.
  {
    source_matchers: ['alertname="ServiceDown"'],
    target_matchers: ['alertname!="ServiceDown"'],
    equal: ['namespace', 'job'],
  },
  {
    source_matchers: ['alertname="ErrorBudgetBurnsFast"'],
    target_matchers: ['alertname="ErrorBudgetBurnsSlowly"'],
    equal: ['namespace', 'slo'],
  },
  {
    source_matchers: ['alertname="StoreDown"', 'dependency="rabbitmq"'],
    target_matchers: ['alertname=~"BusDown|OutboxStuck"'],
    equal: ['namespace'],
  },
  // kube-prometheus-stack's own alerts have one name and several severities.
  {
    source_matchers: ['severity="critical"'],
    target_matchers: ['severity="warning"'],
    equal: ['namespace', 'alertname'],
  },
];

const title =
  '{{ if eq .Status "firing" }}{{ .CommonLabels.severity | toUpper }}{{ else }}RESOLVED{{ end }}: ' +
  '{{ .CommonLabels.alertname }}' +
  '{{ if .CommonLabels.job }} {{ .CommonLabels.job }}{{ end }}' +
  '{{ if .CommonLabels.namespace }} ({{ .CommonLabels.namespace }}){{ end }}';
const text =
  '{{ range .Alerts }}{{ .Annotations.summary }}. {{ .Annotations.description }}' +
  '{{ if .Annotations.runbook_url }} <{{ .Annotations.runbook_url }}|Runbook>{{ end }}\n{{ end }}';

/** How alerts become messages. `slackUrlFile` holds Slack's webhook; without it alerts are shown by Alertmanager only. */
export function alertmanagerConfig({ slackUrlFile }: { slackUrlFile?: string } = {}) {
  const message = { send_resolved: true, title, text };
  const receiver = (name: keyof typeof channels) => ({
    name,
    ...(slackUrlFile === undefined
      ? {}
      : { slack_configs: [{ api_url_file: slackUrlFile, channel: channels[name], ...message }] }),
  });
  return {
    global: { resolve_timeout: '5m' },
    route,
    inhibit_rules: inhibitRules,
    receivers: [{ name: 'nobody' }, receiver('alerts'), receiver('pages')],
  };
}

/** The same as Alertmanager reads it. */
export const alertmanagerYaml = (options?: { slackUrlFile?: string }): string =>
  stringify(alertmanagerConfig(options), { lineWidth: 0, aliasDuplicateObjects: false });
