import type { Datasource, Grid, Panel, Plan, Section, Variable } from './model.ts';
import { datasource } from './panels.ts';
import { series } from './queries.ts';

/** Grafana 11.6 and 12.0; later ones lift it when they read it. */
const SCHEMA_VERSION = 41;
const COLUMNS = 24;
const tag = 'shopstack';

const prometheus: Variable = {
  name: 'datasource',
  label: 'Prometheus',
  type: 'datasource',
  query: 'prometheus',
  regex: '',
  refresh: 1,
  hide: 0,
  multi: false,
  includeAll: false,
  options: [],
  current: {},
  skipUrlSync: false,
};

/** Values of a label. `all` also matches series without it, as they are where there is no cluster. */
export function labelVariable(it: { name: string; label: string; query: string; all?: true }): Variable {
  return {
    name: it.name,
    label: it.label,
    type: 'query',
    datasource,
    definition: it.query,
    query: { query: it.query, refId: it.name },
    regex: '',
    refresh: 2,
    sort: 1,
    hide: 0,
    multi: false,
    includeAll: it.all === true,
    ...(it.all ? { allValue: '.*', current: { text: 'All', value: '$__all' } } : { current: {} }),
    options: [],
    skipUrlSync: false,
  };
}
const namespace = labelVariable({
  name: 'namespace',
  label: 'Namespace',
  query: 'label_values(shop_process_resident_bytes, namespace)',
  all: true,
});

/** A switch above the dashboard: when which alert fired, as marks in every picture. */
const alertMarks = {
  name: 'Alerts',
  datasource,
  enable: false,
  hide: false,
  iconColor: 'red',
  expr: series('ALERTS', 'alertstate="firing"', 'severity=~"warning|critical"'),
  step: '60s',
  titleFormat: '{{alertname}}',
  textFormat: '{{job}}',
  tagKeys: 'severity',
};

/** Grafana's classic JSON of a dashboard. Panels fill rows of 24 columns from the left, in the order they stand in. */
export function dashboard(plan: Plan) {
  return {
    uid: plan.uid,
    title: plan.title,
    description: plan.description,
    tags: [tag],
    schemaVersion: SCHEMA_VERSION,
    version: 1,
    editable: false,
    graphTooltip: 1,
    timezone: 'browser',
    weekStart: '',
    fiscalYearStartMonth: 0,
    preload: false,
    refresh: '30s',
    time: { from: plan.from ?? 'now-1h', to: 'now' },
    timepicker: {},
    links: [
      {
        type: 'dashboards',
        title: 'ShopStack',
        tags: [tag],
        asDropdown: false,
        includeVars: true,
        keepTime: true,
        targetBlank: false,
        icon: 'external link',
        tooltip: '',
        url: '',
      },
    ],
    annotations: {
      list: [
        {
          builtIn: 1,
          datasource: { type: 'grafana', uid: '-- Grafana --' },
          enable: true,
          hide: true,
          iconColor: 'rgba(0, 211, 255, 1)',
          name: 'Annotations & Alerts',
          type: 'dashboard',
        },
        alertMarks,
      ],
    },
    templating: { list: [prometheus, namespace, ...(plan.variables ?? [])] },
    panels: placed(plan.sections),
  };
}
export type Dashboard = ReturnType<typeof dashboard>;

type Placed = Omit<Panel, 'width' | 'height'> & { id: number; datasource: Datasource; gridPos: Grid };
interface Row {
  id: number;
  type: 'row';
  title: string;
  collapsed: boolean;
  gridPos: Grid;
  panels: Placed[];
}

/** Panels with ids and places; those of a collapsed row lie within it. */
function placed(sections: readonly Section[]): (Row | Placed)[] {
  let y = 0;
  let id = 0;
  return sections.flatMap((section): (Row | Placed)[] => {
    id += 1;
    const row = {
      id,
      type: 'row' as const,
      title: section.title,
      collapsed: section.collapsed === true,
      gridPos: { h: 1, w: COLUMNS, x: 0, y },
    };
    const { panels, bottom } = flow(section.panels, y + 1, id);
    id += panels.length;
    y = section.collapsed ? y + 1 : bottom;
    return section.collapsed ? [{ ...row, panels }] : [{ ...row, panels: [] }, ...panels];
  });
}

function flow(panels: readonly Panel[], top: number, lastId: number) {
  let x = 0;
  let y = top;
  let line = 0;
  const laid = panels.map(({ width, height, ...panel }, index) => {
    if (x + width > COLUMNS) {
      x = 0;
      y += line;
      line = 0;
    }
    const gridPos = { h: height, w: width, x, y };
    x += width;
    line = Math.max(line, height);
    return { id: lastId + index + 1, ...panel, datasource, gridPos };
  });
  return { panels: laid, bottom: y + line };
}
