/** Units of Grafana that we use. */
export type Unit =
  | 'short'
  | 'none'
  | 's'
  | 'bytes'
  | 'reqps'
  | 'mps'
  | 'percentunit'
  | 'percent'
  | 'ops'
  | 'opm';

export interface Grid {
  h: number;
  w: number;
  x: number;
  y: number;
}
export interface Datasource {
  type: 'prometheus';
  uid: string;
}
export interface Target {
  refId: string;
  datasource: Datasource;
  editorMode: 'code';
  expr: string;
  legendFormat: string;
  format: 'time_series' | 'table';
  range: boolean;
  instant: boolean;
  exemplar: boolean;
}
export interface Step {
  color: string;
  value: number | null;
}
export interface Override {
  matcher: { id: 'byName' | 'byRegexp'; options: string };
  properties: readonly { id: string; value: unknown }[];
}
export interface Link {
  title: string;
  url: string;
  targetBlank?: boolean;
}
export interface FieldConfig {
  defaults: {
    unit: Unit;
    decimals?: number;
    min?: number;
    max?: number;
    noValue?: string;
    color: { mode: string; fixedColor?: string };
    mappings: readonly unknown[];
    thresholds: { mode: 'absolute'; steps: readonly Step[] };
    links?: readonly Link[];
    custom?: Readonly<Record<string, unknown>>;
  };
  overrides: readonly Override[];
}
/** What a builder gives: a panel that has no place yet. */
export interface Panel {
  type: 'timeseries' | 'stat' | 'table' | 'bargauge' | 'state-timeline';
  title: string;
  description: string;
  width: number;
  height: number;
  targets: readonly Target[];
  fieldConfig: FieldConfig;
  options: Readonly<Record<string, unknown>>;
  transformations?: readonly { id: string; options: unknown }[];
}
export interface Section {
  title: string;
  collapsed?: true;
  panels: readonly Panel[];
}
export interface Variable {
  name: string;
  label: string;
  type: 'datasource' | 'query';
  query: string | { query: string; refId: string };
  [more: string]: unknown;
}
export interface Plan {
  uid: string;
  title: string;
  description: string;
  /** Beside the data source and the namespace. */
  variables?: readonly Variable[];
  /** How far back it looks when it is opened. */
  from?: string;
  sections: readonly Section[];
}
