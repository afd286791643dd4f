import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { alertmanagerConfig, alertmanagerYaml } from './alertmanager.ts';
import { ruleFiles } from './alerts/rule-files.ts';
import { runbookIndex } from './alerts/runbook-index.ts';
import { dashboardFiles } from './dashboards/files.ts';
import { logIndexFiles } from './log-index.ts';

const head = '# Made by `node packages/observability/src/renew.ts`; a test compares.\n';
export const repository = join(import.meta.dirname, '../../..');
const clusterValues = 'valuefiles/kube-prometheus-stack-values.yaml';

/** Where Slack's webhook lies: mounted by compose, and by the operator from the Secret alertmanager-slack. */
const slackUrlFile = {
  compose: '/run/secrets/slack-url',
  cluster: '/etc/alertmanager/secrets/alertmanager-slack/url',
};

/** Every file that is made from this package, by its path in the repository. */
export function generatedFiles(): Map<string, string> {
  const own: [string, string][] = [
    ...ruleFiles(),
    ['alertmanager/alertmanager.yaml', head + alertmanagerYaml()],
    ['alertmanager/alertmanager-slack.yaml', head + alertmanagerYaml({ slackUrlFile: slackUrlFile.compose })],
    ...dashboardFiles(),
    ...logIndexFiles(),
  ];
  return new Map([
    ...own.map(([path, text]): [string, string] => [join('packages/observability', path), text]),
    ['docs/runbooks/README.md', runbookIndex()],
    [clusterValues, withAlertmanager(readFileSync(join(repository, clusterValues), 'utf8'))],
  ]);
}

/** Values of kube-prometheus-stack; all but Alertmanager's configuration is written by hand. */
function withAlertmanager(values: string): string {
  const document = parseDocument(values);
  const config = alertmanagerConfig({ slackUrlFile: slackUrlFile.cluster });
  document.setIn(['alertmanager', 'config'], document.createNode(config, { aliasDuplicateObjects: false }));
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}
