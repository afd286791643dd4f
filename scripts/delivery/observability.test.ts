import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { serviceCharts } from '../../packages/manifests/src/charts.ts';
import { readDocuments } from '../../packages/manifests/src/rendering.ts';
import { dig, type Mapping, mapping, mappings, texts } from '../../packages/manifests/src/yaml-value.ts';
import { composeServices, repository, uses } from './compose-files.ts';
import { sectionsOf } from './fluent-bit-sections.ts';

const read = (file: string): string => readFileSync(join(repository, file), 'utf8');
const yaml = (file: string): Mapping => mapping(readDocuments(read(file))[0]);
const observed = [...composeServices].filter(([, { profiles }]) => texts(profiles).includes('observability'));

const collectors = [
  ['compose', yaml('compose/observability/collector.yaml')],
  ['a cluster', mapping(yaml('valuefiles/opentelemetry-collector-values.yaml').config)],
] as const;
const [[, inCompose], [, inCluster]] = collectors;
const instana = mapping(yaml('valuefiles/opentelemetry-collector-instana-values.yaml').config);
const policy = (name: string) =>
  mappings(dig(inCompose, 'processors', 'tail_sampling', 'policies')).find((it) => it.name === name);

test('the collectors of compose and of a cluster do the same with spans', () => {
  expect(inCluster.processors).toEqual(inCompose.processors);
  const traces = (config: Mapping) => mapping(dig(config, 'service', 'pipelines', 'traces'));
  expect(traces(inCluster).processors).toEqual(traces(inCompose).processors);
  expect(traces(inCompose).processors).toEqual(['memory_limiter', 'tail_sampling', 'batch']);
});

test('errors, slow traces and orders are kept, and services send enough to tell', () => {
  const attributes = read('packages/contracts/src/telemetry/attributes.ts');
  const [, order = ''] = /orderAttribute = '([\w.]+)'/.exec(attributes) ?? [];
  expect(policy('errors')).toMatchObject({ status_code: { status_codes: ['ERROR'] } });
  expect(policy('slow')).toMatchObject({ type: 'latency' });
  expect(dig(policy('orders'), 'string_attribute', 'key')).toBe(order);
  expect(policy('share')).toMatchObject({ type: 'probabilistic' });
  expect(uses.find(({ name }) => name === 'OTEL_TRACES_SAMPLER_ARG')?.value).toBe('1');
  expect(dig(yaml('helm/common/values.yaml'), 'telemetry', 'sampler')).toBe(1);
});

test.each([...collectors, ['a cluster with Instana', instana] as const])(
  'in %s no exporter waits for ever or takes memory without end',
  (_where, { exporters }) => {
    const all = Object.entries(mapping(exporters)).filter(([, it]) => it !== null);
    expect(all.length).toBeGreaterThan(0);
    for (const [, exporter] of all) {
      expect(dig(exporter, 'sending_queue', 'queue_size')).toBeLessThanOrEqual(1000);
      expect(dig(exporter, 'retry_on_failure', 'max_elapsed_time')).toMatch(/^[1-9]\d{0,2}s$/);
    }
  },
);

test('every exporter that a pipeline or a variable names is there', () => {
  const known = (config: Mapping) => Object.keys(mapping(config.exporters));
  const named = (config: Mapping) => texts(dig(config, 'service', 'pipelines', 'traces', 'exporters'));
  expect(known(inCluster)).toEqual(expect.arrayContaining(named(inCluster)));
  expect([...known(inCluster), ...known(instana)]).toEqual(expect.arrayContaining(named(instana)));
  const chosen = String(dig(composeServices.get('otel-collector'), 'environment', 'TRACE_EXPORTERS'));
  expect(known(inCompose)).toEqual(expect.arrayContaining(chosen.match(/otlp_grpc\/\w+|zipkin/g) ?? []));
  const [, told = ''] = /^# Where traces go, with commas: (.*?)\./m.exec(read('.env.example')) ?? [];
  expect(known(inCompose)).toEqual(expect.arrayContaining(told.split(', ')));
});

const clusterLogs = mapping(yaml('valuefiles/fluent-bit-values.yaml').config);
const logPipelines = [
  [
    'compose',
    ['fluent-bit', 'shop', 'cloudwatch'].map((it) => read(`compose/observability/fluent-bit/${it}.conf`)),
  ],
  [
    'a cluster',
    [
      ...['service', 'inputs', 'filters', 'outputs'].map((it) => String(clusterLogs[it])),
      String(
        dig(
          yaml('valuefiles/fluent-bit-cloudwatch-values.yaml'),
          'config',
          'extraFiles',
          'second-output.conf',
        ),
      ),
    ],
  ],
] as const;

test.each(logPipelines)(
  'in %s lines that cannot be sent lie on disk, as many as there is room for',
  (_, files) => {
    const sections = files.flatMap(sectionsOf);
    const of = (kind: string) => sections.filter((it) => it.kind === kind).map(({ values }) => values);
    expect(of('SERVICE')).toEqual([expect.objectContaining({ 'storage.path': expect.any(String) })]);
    for (const input of of('INPUT'))
      expect(input).toMatchObject({ name: 'tail', 'storage.type': 'filesystem' });
    expect(of('OUTPUT').map(({ name }) => name)).toEqual(expect.arrayContaining(['es', 'cloudwatch_logs']));
    for (const output of of('OUTPUT')) {
      expect(output['storage.total_limit_size']).toMatch(/^\d+[MG]$/);
      expect(Number(output.retry_limit)).toBeGreaterThan(0);
    }
  },
);

test.each(logPipelines)("in %s the shop's lines go where the index template is for them", (_, files) => {
  const [output] = files
    .flatMap(sectionsOf)
    .filter(({ kind, values }) => kind === 'OUTPUT' && values.name === 'es');
  const template: unknown = JSON.parse(read('packages/observability/elasticsearch/index-template.json'));
  const [pattern = ''] = texts(dig(template, 'index_patterns'));
  expect(output?.values).toMatchObject({ match: 'shop.*', write_operation: 'create', generate_id: 'On' });
  expect(output?.values.index?.startsWith(pattern.replace('*', ''))).toBe(true);
});

test('Prometheus asks every service, under its name', () => {
  const jobs = mappings(yaml('compose/observability/prometheus.yaml').scrape_configs);
  const asked = jobs.map(({ job_name, static_configs }) => [
    job_name,
    texts(mappings(static_configs)[0]?.targets)[0],
  ]);
  expect(Object.fromEntries(asked)).toMatchObject(
    Object.fromEntries(serviceCharts.map((name) => [name, `${name}:8080`])),
  );
});

const hasPromtool = spawnSync('promtool', ['--version']).status === 0;
if (!hasPromtool) console.warn('SKIPPED, prometheus.yaml is not checked: there is no promtool on PATH');
(hasPromtool ? test : test.skip)('promtool reads the configuration', () => {
  const file = join(repository, 'compose/observability/prometheus.yaml');
  const { status, stderr } = spawnSync('promtool', ['check', 'config', '--syntax-only', file], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toMatchObject({ status: 0 });
});

test('what the profile reads of the repository is there', () => {
  const mounts = observed.flatMap(([, { volumes }]) => texts(volumes));
  const files = mounts.flatMap((it) => it.replace(/\$\{\w+:[-+](.*?)\}/, '$1').match(/^\.\/[^:]+/) ?? []);
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((it) => !existsSync(join(repository, it)))).toEqual([]);
});

test('the profile is pinned, limited, and asked how it is', () => {
  expect(observed.length).toBeGreaterThan(8);
  const unpinned = observed.filter(([, { image }]) => !/:v?\d+\.\d+\.\d+$/.test(String(image)));
  expect(unpinned.map(([name]) => name)).toEqual([]);
  expect(observed.filter(([, it]) => it.mem_limit === undefined).map(([name]) => name)).toEqual([]);
  const asked = JSON.stringify(dig(composeServices.get('telemetry-ready'), 'healthcheck', 'test'));
  const silent = observed.filter(
    ([name, it]) => it.healthcheck === undefined && !asked.includes(`//${name}:`),
  );
  expect(silent.map(([name]) => name)).toEqual([]);
});

test('compose and a cluster have the same Elasticsearch', () => {
  const version = String(dig(yaml('valuefiles/elasticsearch-values.yaml'), 'eck-elasticsearch', 'version'));
  const images = observed.map(([, { image }]) => String(image)).filter((it) => it.includes('elastic.co'));
  expect(images.length).toBe(3);
  expect(images.filter((it) => !it.endsWith(`:${version}`))).toEqual([]);
  expect(read('valuefiles/elasticsearch/retention.yaml')).toContain(`elasticsearch:${version}\n`);
});
