import type { FieldDefinition } from '@shopstack/contracts/telemetry/definition';
import { logFields } from '@shopstack/contracts/telemetry/log-fields';

type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };
type FieldMapping = Readonly<Record<string, Json>>;

const POLICY = 'shopstack-logs';
const KEPT_DAYS = 14;
const LONGEST_KEYWORD = 1024;

const keyword: FieldMapping = { type: 'keyword', ignore_above: LONGEST_KEYWORD };
const date: FieldMapping = { type: 'date' };
/** Any depth, found by `err.code: X`. A mapping of its own could be broken by the first error of another shape. */
const anyObject: FieldMapping = { type: 'flattened', ignore_above: LONGEST_KEYWORD };
const byType: Readonly<Record<FieldDefinition['type'], FieldMapping>> = {
  text: keyword,
  list: keyword,
  number: { type: 'double' },
  'yes or no': { type: 'boolean' },
  object: anyObject,
};
/** Texts that are more than something to compare. */
const otherwise: Readonly<Record<string, FieldMapping>> = {
  time: date,
  signsFrom: date,
  message: { type: 'text', fields: { keyword } },
};
/** What Fluent Bit adds: when the line was read, and whose it is. */
const enrichment: Readonly<Record<string, FieldMapping>> = {
  // A data stream refuses its time to be malformed, whatever the index allows.
  '@timestamp': { type: 'date', ignore_malformed: false },
  stream: keyword,
  container: keyword,
  kubernetes: {
    properties: {
      namespace_name: keyword,
      pod_name: keyword,
      container_name: keyword,
      host: keyword,
      labels: anyObject,
    },
  },
};

/** The mapping of a log line: the registry's fields and Fluent Bit's. Others are kept but cannot be searched. */
export function logMappings(): FieldMapping {
  const fields = Object.entries<FieldDefinition>(logFields).map(
    ([name, { type }]) => [name, otherwise[name] ?? byType[type]] as const,
  );
  return { dynamic: false, properties: { ...enrichment, ...Object.fromEntries(fields) } };
}

const indexTemplate = (): Json => ({
  index_patterns: ['logs-shopstack-*'],
  data_stream: {},
  // Above Elasticsearch's own template for logs-*-*, which has 100.
  priority: 300,
  template: {
    settings: {
      'index.lifecycle.name': POLICY,
      // One node has no place for a copy; three have.
      'index.auto_expand_replicas': '0-1',
      'index.mapping.ignore_malformed': true,
      'index.refresh_interval': '5s',
    },
    mappings: logMappings(),
  },
  _meta: { made_by: 'node packages/observability/src/renew.ts' },
});

const lifecyclePolicy = (): Json => ({
  policy: {
    phases: {
      hot: { actions: { rollover: { max_age: '1d', max_primary_shard_size: '20gb' } } },
      delete: { min_age: `${KEPT_DAYS}d`, actions: { delete: {} } },
    },
  },
});

/** As `biome` writes it: a list of one on one line. */
const written = (content: Json): string =>
  `${JSON.stringify(content, null, 2).replaceAll(/\[\n\s+("[^"]*")\n\s+\]/g, '[$1]')}\n`;

/**
 * Elasticsearch's settings for the shop's logs: paths relative to packages/observability, and contents. Kustomize reads
 * nothing outside of its folder, so the Job in the cluster has a copy of each.
 */
export function logIndexFiles(): Map<string, string> {
  const files = { 'index-template.json': indexTemplate(), 'lifecycle-policy.json': lifecyclePolicy() };
  return new Map(
    ['elasticsearch', '../../valuefiles/elasticsearch'].flatMap((folder) =>
      Object.entries(files).map(([name, content]) => [`${folder}/${name}`, written(content)]),
    ),
  );
}
