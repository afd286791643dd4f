import { dashboard } from './grafana/dashboard.ts';
import { messages } from './grafana/messages.ts';
import { slo } from './grafana/objectives.ts';
import { orders } from './grafana/orders.ts';
import { overview } from './grafana/overview.ts';
import { service } from './grafana/service.ts';
import { stores } from './grafana/stores.ts';
import { logObjects } from './kibana/logs.ts';

/** Grafana's dashboards, in the order in which one comes to them. */
export const dashboards = [overview, service, orders, messages, stores, slo].map(dashboard);

/** What Kibana imports: one object per line. */
const kibanaImport = `${logObjects.map((it) => JSON.stringify(it)).join('\n')}\n`;

/** Every generated file: path relative to packages/observability, and its content. */
export function dashboardFiles(): Map<string, string> {
  return new Map([
    ...dashboards.map((it): [string, string] => [
      `dashboards/grafana/${it.uid}.json`,
      `${JSON.stringify(it, null, 2)}\n`,
    ]),
    ['dashboards/kibana/shopstack.ndjson', kibanaImport],
    // Kustomize reads nothing outside of its folder.
    ['../../valuefiles/elasticsearch/kibana.ndjson', kibanaImport],
  ]);
}
