import { type Field, type SavedObject, savedObject, toDataView } from './saved-object.ts';

const LAYER = 'lines';

export interface Column {
  id: string;
  state: Readonly<Record<string, unknown>>;
}
interface Titled {
  id: string;
  title: string;
  why: string;
  /** In Kibana's query language. */
  kql: string;
}

/** How many lines. */
export const count = (label: string): Column => ({
  id: 'count',
  state: {
    label,
    customLabel: true,
    dataType: 'number',
    isBucketed: false,
    operationType: 'count',
    params: { emptyAsNull: true },
    scale: 'ratio',
    sourceField: '___records___',
  },
});
export const percentile = (field: Field, share: number, label: string): Column => ({
  id: `p${share}`,
  state: {
    label,
    customLabel: true,
    dataType: 'number',
    isBucketed: false,
    operationType: 'percentile',
    params: { percentile: share },
    scale: 'ratio',
    sourceField: field,
  },
});
/** Time in steps that fit the picture. */
const overTime: Column = {
  id: 'time',
  state: {
    label: 'Time',
    customLabel: true,
    dataType: 'date',
    isBucketed: true,
    operationType: 'date_histogram',
    params: { interval: 'auto', includeEmptyRows: true, dropPartials: false },
    scale: 'interval',
    sourceField: '@timestamp' satisfies Field,
  },
};
/** The values of a field of which `by` is largest. */
export const terms = (field: Field, label: string, size: number, by: Column): Column => ({
  id: field,
  state: {
    label,
    customLabel: true,
    dataType: 'string',
    isBucketed: true,
    operationType: 'terms',
    params: {
      size,
      orderBy: { type: 'column', columnId: by.id },
      orderDirection: 'desc',
      otherBucket: false,
      missingBucket: false,
      parentFormat: { id: 'terms' },
      include: [],
      exclude: [],
      includeIsRegex: false,
      excludeIsRegex: false,
    },
    scale: 'ordinal',
    sourceField: field,
  },
});

/** Bars over time, one colour per value of a field. */
export const barsOverTime = (it: Titled & { split: Column; value: Column }): SavedObject =>
  lens(it, 'lnsXY', [overTime, it.split, it.value], {
    preferredSeriesType: 'bar_stacked',
    legend: { isVisible: true, position: 'right', showSingleSeries: true },
    valueLabels: 'hide',
    fittingFunction: 'None',
    axisTitlesVisibilitySettings: { x: false, yLeft: false, yRight: false },
    tickLabelsVisibilitySettings: { x: true, yLeft: true, yRight: true },
    gridlinesVisibilitySettings: { x: false, yLeft: true, yRight: true },
    labelsOrientation: { x: 0, yLeft: 0, yRight: 0 },
    layers: [
      {
        layerId: LAYER,
        layerType: 'data',
        seriesType: 'bar_stacked',
        xAccessor: overTime.id,
        splitAccessor: it.split.id,
        accessors: [it.value.id],
      },
    ],
  });

/** A table with one line per value of its first columns. */
export const dataTable = (it: Titled & { columns: readonly Column[] }): SavedObject =>
  lens(it, 'lnsDatatable', it.columns, {
    layerId: LAYER,
    layerType: 'data',
    columns: it.columns.map(({ id }) => ({ columnId: id, isTransposed: false })),
    paging: { enabled: true, size: 10 },
  });

/** One number. */
export const metric = (it: Titled & { value: Column; color: string }): SavedObject =>
  lens(it, 'lnsMetric', [it.value], {
    layerId: LAYER,
    layerType: 'data',
    metricAccessor: it.value.id,
    color: it.color,
  });

const lens = (
  { id, title, why, kql }: Titled,
  visualizationType: 'lnsXY' | 'lnsDatatable' | 'lnsMetric',
  columns: readonly Column[],
  visualization: Readonly<Record<string, unknown>>,
): SavedObject =>
  savedObject({
    type: 'lens',
    id,
    attributes: {
      title,
      description: why,
      visualizationType,
      state: {
        query: { language: 'kuery', query: kql },
        filters: [],
        internalReferences: [],
        adHocDataViews: {},
        datasourceStates: {
          formBased: {
            layers: {
              [LAYER]: {
                columnOrder: columns.map((it) => it.id),
                columns: Object.fromEntries(columns.map((it) => [it.id, it.state])),
                incompleteColumns: {},
                ignoreGlobalFilters: false,
                sampling: 1,
              },
            },
          },
        },
        visualization,
      },
    },
    references: [toDataView(`indexpattern-datasource-layer-${LAYER}`)],
  });
