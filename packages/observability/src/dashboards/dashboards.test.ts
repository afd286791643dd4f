import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { expressionFaults, keepsExemplars } from './expression-faults.ts';
import { dashboardFiles, dashboards } from './files.ts';
import { valuesExpected } from './full-shop.ts';
import type { Dashboard } from './grafana/dashboard.ts';

const folder = join(import.meta.dirname, '../..');
const panelsOf = ({ panels }: Dashboard) =>
  panels.flatMap((it) => ('targets' in it ? [it] : it.panels)).map((it) => ({ ...it, name: it.title }));
const everyPanel = dashboards.flatMap((it) => panelsOf(it).map((panel) => ({ of: it.title, ...panel })));
const everyTarget = everyPanel.flatMap(({ of, title, type, targets }) =>
  targets.map((it) => ({ of, title, type, ...it })),
);

test('the files are those that node packages/observability/src/renew.ts makes', () => {
  for (const [path, text] of dashboardFiles()) {
    expect({ path, text: readFileSync(join(folder, path), 'utf8') }).toEqual({ path, text });
  }
  const kept = globSync('dashboards/**/*.*', { cwd: folder });
  const made = [...dashboardFiles().keys()].filter((path) => path.startsWith('dashboards/'));
  expect(kept.sort()).toEqual(made.sort());
});

test.each(everyTarget)(
  '$of, $title, $refId asks only for what is there',
  ({ expr, legendFormat, exemplar }) => {
    expect(expressionFaults(expr, legendFormat)).toEqual([]);
    if (exemplar) expect(keepsExemplars(expr)).toBe(true);
  },
);

test.each([
  ['sum(shopping_total{namespace=~"x"})', '', 'nobody has the metric shopping_total'],
  ['shop_order_seconds{namespace=~"x"}', '', 'nobody has the metric shop_order_seconds'],
  ['slo:nothing{namespace=~"x"}', '', 'nobody has the metric slo:nothing'],
  ['up{namespace=~"x", job="nobody"}', '', 'job of up is never nobody'],
  ['shop_bus_up', '', 'shop_bus_up is asked for in all namespaces'],
  ['shop_bus_up{namespace=~"x", queue="a"}', '', 'shop_bus_up has no label queue'],
  [
    'shop_bus_consumed_total{namespace="x", result!="well"}',
    '',
    'result of shop_bus_consumed_total is never well',
  ],
  ['slo:error_ratio:5m{namespace="x", slo="fun"}', '', 'slo of slo:error_ratio:5m is never fun'],
  ['sum by (colour) (shop_bus_up{namespace="x"})', '', 'nothing here has the label colour'],
  ['sum by (job) (shop_sagas{namespace="x"})', '{{state}}', 'state is added up'],
  ['shop_sagas{namespace="x"}', '{{queue}}', 'nothing here has the label queue'],
  ['vector(0)', '', 'asks for nothing'],
])('a planted fault is noticed: %s %s', (expr, legend, fault) => {
  expect(expressionFaults(expr, legend)).toEqual([fault]);
});

test('single traces are shown wherever a histogram keeps them, and nowhere else', () => {
  expect(keepsExemplars('rate(shop_order_seconds_bucket{namespace="x"}[5m])')).toBe(true);
  expect(keepsExemplars('rate(shop_order_step_seconds_bucket{namespace="x"}[5m])')).toBe(false);
  expect(keepsExemplars('shop_bus_up{namespace="x"}')).toBe(false);
  const lines = everyPanel.filter(({ type }) => type === 'timeseries');
  const able = lines.filter(({ targets }) =>
    targets.some(({ expr }) => expr.includes('_bucket') && keepsExemplars(expr)),
  );
  const showing = lines.filter(({ targets }) => targets.some(({ exemplar }) => exemplar));
  expect(showing.map(({ of, title }) => [of, title])).toEqual(able.map(({ of, title }) => [of, title]));
  expect(showing.length).toBeGreaterThan(5);
});

test.each(everyPanel)('$of, $title says what it is and why one looks at it', (panel) => {
  expect(panel.title.length).toBeGreaterThan(3);
  expect(panel.description.length).toBeGreaterThan(10);
  expect(panel.fieldConfig.defaults.unit).not.toBe('');
  expect(panel.targets.length).toBeGreaterThan(0);
  expect(panel.datasource.uid).toBe(`\${datasource}`);
  if (panel.type !== 'table') for (const it of panel.targets) expect(it.legendFormat).not.toBe('');
});

test('alerts are marked in the pictures', () => {
  const marks = dashboards.map(({ annotations }) =>
    annotations.list.flatMap((it) => ('expr' in it ? [it.expr] : [])),
  );
  for (const expressions of marks) {
    expect(expressions).toHaveLength(1);
    expect(expressions.flatMap((expr) => expressionFaults(expr))).toEqual([]);
  }
});

test('variables are filled from what is there', () => {
  const queries = dashboards.flatMap(({ templating }) =>
    templating.list.flatMap(({ query }) => (typeof query === 'string' ? [] : [query.query])),
  );
  for (const query of new Set(queries)) {
    const [, series = '', label = ''] = /^label_values\((.*), (\w+)\)$/.exec(query) ?? [];
    const faults = expressionFaults(series, `{{${label}}}`).filter((it) => !it.endsWith('in all namespaces'));
    expect({ query, faults }).toEqual({ query, faults: [] });
  }
  expect(queries.length).toBeGreaterThan(dashboards.length);
});

test('every dashboard and panel has an id of its own, and links lead somewhere', () => {
  const uids = dashboards.map(({ uid }) => uid);
  expect(uids).toEqual([...new Set(uids)]);
  expect(new Set(dashboards.map(({ title }) => title)).size).toBe(uids.length);
  for (const it of dashboards) {
    const ids = [...it.panels.map(({ id }) => id), ...it.panels.flatMap(idsWithin)];
    expect(ids).toEqual([...new Set(ids)]);
  }
  const linked = [...JSON.stringify(dashboards).matchAll(/"\/d\/([\w-]+)/g)].map(([, uid]) => uid);
  expect(linked.length).toBeGreaterThan(0);
  expect(uids).toEqual(expect.arrayContaining(linked));
});
const idsWithin = (it: Dashboard['panels'][number]) => ('targets' in it ? [] : it.panels.map(({ id }) => id));

interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}
const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
const overlaps = (boxes: readonly Box[]) =>
  boxes.flatMap((a, index) => boxes.slice(index + 1).filter((b) => overlap(a, b)));

test('panels lie beside each other, never on each other', () => {
  expect(
    overlaps([
      { x: 0, y: 0, w: 12, h: 8 },
      { x: 11, y: 7, w: 1, h: 1 },
    ]),
  ).toHaveLength(1);
  expect(
    overlaps([
      { x: 0, y: 0, w: 12, h: 8 },
      { x: 12, y: 0, w: 12, h: 8 },
    ]),
  ).toEqual([]);
  for (const it of dashboards) {
    const shown = it.panels.map(({ gridPos }) => gridPos);
    expect(overlaps(shown)).toEqual([]);
    expect(shown.every(({ x, w }) => x + w <= 24)).toBe(true);
  }
});

/** Those of the expressions that give no value in a shop where everything is told. */
function withoutValues(expressions: readonly string[]): string[] {
  const place = mkdtempSync(join(tmpdir(), 'dashboards-'));
  try {
    const file = join(place, 'values.yaml');
    // JSON is YAML.
    writeFileSync(file, JSON.stringify(valuesExpected(expressions)));
    const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', file], { encoding: 'utf8' });
    if (status === 0) return [];
    const found = [...`${stdout}${stderr}`.matchAll(/expr: ("(?:[^"\\]|\\.)*"), time/g)];
    return found.length > 0 ? found.map(([, expr = '']) => String(JSON.parse(expr))) : [stderr];
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
const hasPromtool = spawnSync('promtool', ['--version']).status === 0;
if (!hasPromtool) console.warn('SKIPPED, expressions are not asked of Prometheus: there is no promtool here');

(hasPromtool ? test : test.skip)(
  'every expression gives a value where there is one, with and without a cluster',
  () => {
    const empty = 'shop_bus_up{namespace=~"$namespace", job="nobody"}';
    const found = withoutValues([...everyTarget.map(({ expr }) => expr), empty]);
    expect(found.map((it) => it.replace(/^count\((.*)\) > bool 0$/, '$1'))).toEqual([
      'shop_bus_up{namespace=~".*", job="nobody"}',
      'shop_bus_up{namespace=~".*", job="nobody"}',
    ]);
  },
);
