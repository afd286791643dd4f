import type { Datasource, Link, Override, Panel, Step, Target, Unit } from './model.ts';

/** Whatever Prometheus the reader has chosen. */
export const datasource: Datasource = { type: 'prometheus', uid: `\${datasource}` };

export interface Query {
  expr: string;
  /** `{{label}}` stands for a label's value. */
  legend: string;
  /** Points of single traces, where the histogram keeps them. */
  exemplar?: true;
}
export interface Common {
  title: string;
  /** Why one looks at it. */
  why: string;
  unit: Unit;
  queries: readonly Query[];
  /** Of 24 columns. */
  width?: number;
  height?: number;
  thresholds?: readonly Step[];
  mappings?: readonly unknown[];
  overrides?: readonly Override[];
  links?: readonly Link[];
  decimals?: number;
  max?: number;
  /** Values may be below 0. */
  min?: 'free';
}

const refId = (index: number): string => String.fromCharCode('A'.charCodeAt(0) + index);
const target =
  (kind: 'range' | 'instant' | 'table') =>
  (it: Query, index: number): Target => ({
    refId: refId(index),
    datasource,
    editorMode: 'code',
    expr: it.expr,
    legendFormat: it.legend,
    format: kind === 'table' ? 'table' : 'time_series',
    range: kind === 'range',
    instant: kind !== 'range',
    exemplar: kind === 'range' && it.exemplar === true,
  });

const defaults = (it: Common, mode: string, custom?: Readonly<Record<string, unknown>>) => ({
  unit: it.unit,
  ...(it.min === 'free' ? {} : { min: 0 }),
  color: { mode },
  mappings: it.mappings ?? [],
  thresholds: { mode: 'absolute' as const, steps: it.thresholds ?? [{ color: 'green', value: null }] },
  ...(it.decimals === undefined ? {} : { decimals: it.decimals }),
  ...(it.max === undefined ? {} : { max: it.max }),
  ...(it.links ? { links: it.links } : {}),
  ...(custom ? { custom } : {}),
});
const about = (it: Common, width: number, height: number) => ({
  title: it.title,
  description: it.why,
  width: it.width ?? width,
  height: it.height ?? height,
});
const lastValue = { calcs: ['lastNotNull'], fields: '', values: false };

/** Lines over time; `stacked` shows what a sum is made of. Thresholds are drawn as dashed lines. */
export function timeseries(it: Common & { stacked?: true }): Panel {
  const custom = {
    drawStyle: 'line',
    lineInterpolation: 'linear',
    lineWidth: it.stacked ? 1 : 2,
    fillOpacity: it.stacked ? 40 : 8,
    gradientMode: it.stacked ? 'none' : 'opacity',
    showPoints: 'never',
    spanNulls: false,
    insertNulls: false,
    pointSize: 4,
    axisPlacement: 'auto',
    axisLabel: '',
    axisBorderShow: false,
    scaleDistribution: { type: 'linear' },
    stacking: { mode: it.stacked ? 'normal' : 'none', group: 'A' },
    thresholdsStyle: { mode: it.thresholds ? 'dashed' : 'off' },
    hideFrom: { legend: false, tooltip: false, viz: false },
  };
  return {
    type: 'timeseries',
    ...about(it, 12, 8),
    targets: it.queries.map(target('range')),
    fieldConfig: { defaults: defaults(it, 'palette-classic', custom), overrides: it.overrides ?? [] },
    options: {
      legend: { showLegend: true, displayMode: 'table', placement: 'bottom', calcs: ['lastNotNull', 'max'] },
      tooltip: { mode: 'multi', sort: 'desc', hideZeros: true },
    },
  };
}

/** One number now, with what it was behind it. */
export const stat = (it: Common): Panel => ({
  type: 'stat',
  ...about(it, 4, 4),
  targets: it.queries.map(target('range')),
  fieldConfig: {
    defaults: { ...defaults(it, 'thresholds'), noValue: '–' },
    overrides: it.overrides ?? [],
  },
  options: {
    reduceOptions: lastValue,
    colorMode: 'value',
    graphMode: 'area',
    justifyMode: 'auto',
    orientation: 'auto',
    textMode: 'auto',
    wideLayout: true,
    showPercentChange: false,
    percentChangeColorMode: 'standard',
  },
});

/** Bars side by side, the longest the most. */
export const bars = (it: Common): Panel => ({
  type: 'bargauge',
  ...about(it, 12, 8),
  targets: it.queries.map(target('instant')),
  fieldConfig: { defaults: defaults(it, 'thresholds'), overrides: it.overrides ?? [] },
  options: {
    reduceOptions: lastValue,
    displayMode: 'gradient',
    orientation: 'horizontal',
    valueMode: 'color',
    namePlacement: 'left',
    sizing: 'auto',
    minVizWidth: 8,
    minVizHeight: 14,
    showUnfilled: true,
    legend: { showLegend: false, displayMode: 'list', placement: 'bottom', calcs: [] },
  },
});

/** What was up or open, and when; `mappings` say the words. */
export const states = (it: Common): Panel => ({
  type: 'state-timeline',
  ...about(it, 12, 6),
  targets: it.queries.map(target('range')),
  fieldConfig: {
    defaults: defaults(it, 'thresholds', { lineWidth: 0, fillOpacity: 75, spanNulls: false }),
    overrides: it.overrides ?? [],
  },
  options: {
    mergeValues: true,
    showValue: 'never',
    alignValue: 'left',
    rowHeight: 0.85,
    legend: { showLegend: true, displayMode: 'list', placement: 'bottom' },
    tooltip: { mode: 'single', sort: 'none' },
  },
});

/** A column of a table: a label of the series, or the value of one of the queries. */
export interface Column {
  field: string;
  name: string;
  unit?: Unit;
  thresholds?: readonly Step[];
  links?: readonly Link[];
  decimals?: number;
}

/** One row per set of labels, one column per query; the fields of values are `Value #A`, `Value #B` … */
export function table(it: Common & { columns: readonly Column[]; sortBy: string }): Panel {
  const shown = it.columns.map(({ field }) => field);
  return {
    type: 'table',
    ...about(it, 24, 9),
    targets: it.queries.map(target('table')),
    transformations: [
      { id: 'merge', options: {} },
      { id: 'filterFieldsByName', options: { include: { names: shown } } },
      {
        id: 'organize',
        options: {
          excludeByName: {},
          indexByName: Object.fromEntries(shown.map((field, index) => [field, index])),
          renameByName: Object.fromEntries(it.columns.map(({ field, name }) => [field, name])),
        },
      },
    ],
    fieldConfig: {
      defaults: defaults(it, 'thresholds', {
        align: 'auto',
        cellOptions: { type: 'auto' },
        filterable: true,
      }),
      overrides: it.columns.map(columnOverride),
    },
    options: {
      showHeader: true,
      cellHeight: 'sm',
      sortBy: [{ displayName: it.sortBy, desc: true }],
    },
  };
}

const columnOverride = ({ name, unit, thresholds, links, decimals }: Column): Override => ({
  matcher: { id: 'byName', options: name },
  properties: [
    ...(unit ? [{ id: 'unit', value: unit }] : []),
    ...(decimals === undefined ? [] : [{ id: 'decimals', value: decimals }]),
    ...(thresholds
      ? [
          { id: 'thresholds', value: { mode: 'absolute', steps: thresholds } },
          { id: 'custom.cellOptions', value: { type: 'color-text' } },
        ]
      : []),
    ...(links ? [{ id: 'links', value: links }] : []),
  ],
});
