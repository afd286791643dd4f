import type { LogField } from '@shopstack/contracts/telemetry/log-fields';

/** Fields of a line in Elasticsearch: the registry's, when it was written, and its message as one value to count by. */
export type Field = LogField | '@timestamp' | 'message.keyword';

export interface Reference {
  type: 'index-pattern' | 'lens' | 'search';
  id: string;
  name: string;
}
/** A line of the file that Kibana imports. */
export interface SavedObject {
  type: 'index-pattern' | 'search' | 'lens' | 'dashboard';
  id: string;
  attributes: Readonly<Record<string, unknown>>;
  references: readonly Reference[];
  coreMigrationVersion: string;
  typeMigrationVersion: string;
}

/** Of Kibana 8.8; later ones lift what they read, but nothing older may be newer than they are. */
const CORE = '8.8.0';
const versions: Readonly<Record<SavedObject['type'], string>> = {
  'index-pattern': '8.0.0',
  search: '8.0.0',
  lens: '8.9.0',
  dashboard: '8.9.0',
};

export const savedObject = (
  it: Pick<SavedObject, 'type' | 'id' | 'attributes' | 'references'>,
): SavedObject => ({
  ...it,
  coreMigrationVersion: CORE,
  typeMigrationVersion: versions[it.type],
});

const DATA_VIEW = 'shopstack-logs';
/** Field formats are JSON within JSON, as everywhere in saved objects. */
export const dataView = savedObject({
  type: 'index-pattern',
  id: DATA_VIEW,
  attributes: {
    name: 'ShopStack logs',
    title: 'logs-shopstack-*',
    timeFieldName: '@timestamp',
    allowNoIndex: true,
    fields: '[]',
    fieldAttrs: '{}',
    runtimeFieldMap: '{}',
    typeMeta: '{}',
    fieldFormatMap: JSON.stringify({
      durationMs: { id: 'number', params: { pattern: '0,0' } },
      delayMs: { id: 'number', params: { pattern: '0,0' } },
    } satisfies Partial<Record<Field, unknown>>),
  },
  references: [],
});
export const toDataView = (name: string): Reference => ({ type: 'index-pattern', id: DATA_VIEW, name });
