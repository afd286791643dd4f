import { type Field, type SavedObject, savedObject, toDataView } from './saved-object.ts';

export interface Search {
  id: string;
  title: string;
  /** Why one looks at it. */
  why: string;
  /** In Kibana's query language. */
  kql: string;
  columns: readonly Field[];
  sort?: { field: Field; order: 'asc' | 'desc' };
}

const INDEX = 'kibanaSavedObjectMeta.searchSourceJSON.index';

/** A search that Discover opens. */
export function savedSearch({ id, title, why, kql, columns, sort }: Search): SavedObject {
  const { field, order } = sort ?? { field: '@timestamp', order: 'desc' };
  return savedObject({
    type: 'search',
    id,
    attributes: {
      title,
      description: why,
      columns,
      sort: [[field, order]],
      grid: {},
      hideChart: false,
      isTextBasedQuery: false,
      usesAdHocDataView: false,
      timeRestore: false,
      kibanaSavedObjectMeta: {
        searchSourceJSON: JSON.stringify({
          query: { language: 'kuery', query: kql },
          filter: [],
          highlightAll: true,
          version: true,
          indexRefName: INDEX,
        }),
      },
    },
    references: [toDataView(INDEX)],
  });
}
