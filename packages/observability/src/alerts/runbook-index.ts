import { objectives } from '../objectives/objectives.ts';
import { type Alert, kebab } from './alert.ts';
import { alerts } from './rule-files.ts';

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const byName = [...new Map(alerts.map((it) => [it.name, it])).values()];
const alertRow = ({ name, severity, fires, meaning }: Alert): string =>
  row(`[${name}](${kebab(name)}.md)`, severity, fires, meaning);
const percent = (share: number): string => `${Number((share * 100).toFixed(2))} %`;

const health = `node -e "fetch('http://127.0.0.1:8080/health').then(async (it) => console.log(await it.text()))"`;
const places = [
  row('', 'Cluster', 'Compose', 'Laptop (`npm start -- --observe`)'),
  row('---', '---', '---', '---'),
  row(
    'Prometheus',
    '`kubectl port-forward -n monitoring service/kube-prometheus-stack-prometheus 9090`',
    'http://localhost:9090, profile `observability`',
    'the table of `npm run status`',
  ),
  row('what runs', '`kubectl get pods -n shopstack`', '`docker compose ps`', '`npm run status`'),
  row(
    'log of a service',
    '`kubectl logs -n shopstack deployment/cart --since=15m`, Kibana',
    '`docker compose logs --since 15m cart`',
    '`npm run logs cart`',
  ),
  row(
    'health of a service, with reasons',
    `\`kubectl exec -n shopstack deployment/cart -- ${health}\``,
    `\`docker compose exec cart ${health}\``,
    '`curl localhost:<port>/health`, the port by `npm run status`',
  ),
  row(
    'audit',
    '`kubectl create job audit-now --from=cronjob/audit -n shopstack`',
    '`docker compose run --rm audit`',
    '`npm run audit`',
  ),
  row(
    'an older version',
    '`npm run release -- rollback cart 1.0.4 --environment staging`',
    '`TAG=1.0.4 docker compose up --wait`',
    '`git checkout`, `npm run dev`',
  ),
];

/** docs/runbooks/README.md: every alert and every objective. */
export const runbookIndex = (): string =>
  [
    '# Runbooks',
    '',
    'One page for each alert: what it means, what customers feel, where to look first, what to do, and how it ends. Made by `node packages/observability/src/renew.ts` from `packages/observability/src/alerts`; a test compares, and another one that each alert has a page. Every alert was made to fire, and to stay quiet, by `promtool test rules`.',
    '',
    '`critical` goes to `#shopstack-pages` and is repeated every hour, `warning` to `#shopstack-alerts` and every twelve hours. Where no Slack is configured, alerts are shown by Alertmanager only. In a message `job` is the service; in a cluster `namespace` is the shop.',
    '',
    '| Alert | Severity | Fires | Means |',
    '| --- | --- | --- | --- |',
    ...byName.map(alertRow),
    '',
    'Beside the time told, a fault is seen at the next scrape and the next evaluation: half a minute each in a cluster, 15 s in compose, 5 s on a laptop.',
    '',
    '## Where to look',
    '',
    'Pages take `cart`, `mysql`, a route as examples: put in what the alert names. In a cluster the namespace is `shopstack`, for preprod `shopstack-preprod`. None of the cluster’s commands was run against one yet.',
    '',
    ...places,
    '',
    'Letters, sagas and journeys are asked for with the role `support`: `SHOP` and `TOKEN` as in [Drain dead letters](../deploy.md#drain-dead-letters).',
    '',
    '## Objectives',
    '',
    'Over 30 days, measured at the services. While a service is down it measures nothing: that is `ServiceDown`.',
    '',
    '| `slo` | Target | Promise |',
    '| --- | --- | --- |',
    ...objectives.map(({ id, target, promise }) => row(`\`${id}\``, percent(target), promise)),
    '',
    'A window is as long as what Prometheus knows: one that was started an hour ago judges three days by that hour, so both budget alerts come early there.',
    '',
    'Refusals (4xx) are no errors. Latency counts the requests that are no errors of ours; who leaves before the answer is counted by how long it took until then.',
    '',
  ].join('\n');
