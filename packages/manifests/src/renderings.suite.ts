import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import {
  chartFolders,
  charts,
  helmFolder,
  helmTemplates,
  renderings,
  repository,
  serviceCharts,
  valueFiles,
} from './charts.ts';
import { helm, whyHelmCannotRun } from './helm.ts';
import { schemaFaults } from './kubernetes-schema.ts';
import { openRules } from './network.ts';
import { renderParts } from './parts.ts';
import { podFaults } from './pod-policy.ts';
import { nameOf, podsOf } from './pods.ts';
import { configReader, gatewayVariables, loadFunction } from './programs.ts';
import { quotaFaults } from './quota.ts';
import { environmentObjects, environmentText, readDocuments, renderText } from './rendering.ts';
import { goldenFile, goldenText, schemaFiles } from './renewal.ts';
import { secretFaults, valueSecretFaults } from './secret-policy.ts';
import { unknownVariables, variablesOf } from './variables.ts';
import { dig, type Mapping, mappings } from './yaml-value.ts';

const why = whyHelmCannotRun();
if (why) console.warn(`SKIPPED, charts are not rendered: ${why}`);
const withHelm = why ? describe.skip : describe;
const each = renderings.map(({ chart, environment }) => ({ chart, environment }));
const inEnvironment = (environment: string) => renderings.filter((it) => it.environment === environment);
const renew = 'node packages/manifests/src/renew.ts';

it('knows every chart', () => {
  expect(chartFolders().sort()).toEqual([...charts, 'common'].sort());
});

it.each(schemaFiles())(`$file is what ${renew} makes`, ({ file, text }) => {
  expect(readFileSync(file, 'utf8')).toBe(text);
});

it.each(charts)('the files of %s hold no secrets', (chart) => {
  const files = renderings.filter((it) => it.chart === chart);
  const faults = files.flatMap(({ environment }) =>
    [`${helmFolder}/${chart}/values.yaml`, ...(valueFiles(chart, environment) ?? [])].flatMap((file) =>
      valueSecretFaults(file.replace(`${repository}/`, ''), parse(readFileSync(file, 'utf8'))),
    ),
  );
  expect(faults).toEqual([]);
});

it.each(renderings.filter(({ environment }) => environment !== 'default'))(
  'values-$environment.yaml of $chart is about $environment',
  ({ chart, environment }) => {
    const [file = ''] = valueFiles(chart, environment) ?? [];
    const values: unknown = parse(readFileSync(file, 'utf8'));
    expect(dig(values, 'defaults', 'environment')).toBe(environment);
  },
);

it.each(charts)('the templates of %s are one line each', (chart) => {
  const folder = `${helmFolder}/${chart}/templates`;
  for (const file of helmTemplates(folder)) {
    expect(readFileSync(file, 'utf8')).toMatch(/^\{\{ include "common\.[a-zA-Z]+" .+ \}\}\n$/);
  }
});

withHelm.each(each)('$chart in $environment', ({ chart, environment }) => {
  const objects = () => environmentObjects(chart, environment);
  const shopEnvironment = environment === 'default' ? 'development' : environment;

  it('has only what Kubernetes and the operators know', () => {
    expect(objects().flatMap(schemaFaults)).toEqual([]);
  });
  it('has no name twice', () => {
    const names = objects().map(nameOf);
    expect(names).toEqual([...new Set(names)]);
  });
  it('follows the rules for pods', () => {
    expect(podFaults(objects(), shopEnvironment)).toEqual([]);
  });
  it('has secrets by reference only', () => {
    expect(secretFaults(objects())).toEqual([]);
  });
  it('opens the network to nobody it does not name', () => {
    const allowed = chart === 'web' && environment === 'default' ? ['web: ingress is open to everybody'] : [];
    expect(openRules(objects())).toEqual(allowed);
  });
  it(`renders as before; if that is meant, ${renew}`, () => {
    expect(goldenText(environmentText(chart, environment))).toBe(
      readFileSync(goldenFile(chart, environment), 'utf8'),
    );
  });
});

withHelm('all charts', () => {
  it('pass helm lint --strict', () => {
    const folders = charts.map((chart) => `${helmFolder}/${chart}`);
    expect(helm('lint', '--strict', '--quiet', ...folders)).not.toMatch(/ERROR|WARN/);
  });
});

withHelm.each(['default', 'staging', 'preprod'] as const)('the variables in %s', (environment) => {
  it.each(serviceCharts)('%s gets all it needs and nothing it does not know', async (service) => {
    const given = variablesOf(environmentObjects(service, environment), service);
    expect(unknownVariables(await configReader(service), given)).toEqual([]);
    expect(given.values).toMatchObject({
      SHOP_ENV: environment === 'default' ? 'development' : environment,
      PUBLIC_PATH: `/api/v1/${service}`,
    });
  });
  it('the gateway gets exactly those of its template', () => {
    const { values, helpers } = variablesOf(environmentObjects('web', environment), 'web');
    const names = Object.keys(values).filter((it) => !helpers.includes(it));
    expect(names.sort()).toEqual(gatewayVariables().sort());
  });
});

withHelm('the simulators', () => {
  it.each(['default', 'staging'] as const)('start with their variables in %s', async (environment) => {
    const load = await loadFunction('packages/simulators/src/environment.ts', 'loadEnvironment');
    const { values } = variablesOf(environmentObjects('simulators', environment), 'simulators');
    expect(load(values)).toMatchObject({ ports: { card: 8090, mpesa: 8092, carrier: 8091, smtp: 2525 } });
  });
});

withHelm.each(['default', 'staging', 'preprod'] as const)('the quota in %s', (environment) => {
  const objects = () =>
    inEnvironment(environment).flatMap(({ chart }) => environmentObjects(chart, environment));
  it('has room for all', () => {
    expect(quotaFaults(objects())).toEqual([]);
  });
  it('is exceeded by twice as much', () => {
    expect(quotaFaults([...objects(), ...objects()])).not.toEqual([]);
  });
});

withHelm('production', () => {
  const set = ['defaults.environment=production'];
  const parts = serviceCharts.map((chart) => ({ chart, files: valueFiles(chart, 'preprod') ?? [], set }));

  it.each(serviceCharts)('%s runs on preprod values with stores elsewhere', async (service) => {
    const objects = readDocuments(renderParts('shopstack', parts).get(service) ?? '');
    const given = variablesOf(objects, service);
    expect(unknownVariables(await configReader(service), given)).toEqual([]);
    expect(Object.values(given.values).join('\n')).not.toMatch(/@(mysql|mongodb|rabbitmq|redis):/);
    expect([...objects.flatMap(schemaFaults), ...podFaults(objects, 'production')]).toEqual([]);
  });
});

withHelm('options', () => {
  const rendered = (chart: string, ...set: string[]) => {
    const objects = readDocuments(renderText(chart, { set }));
    expect([...objects.flatMap(schemaFaults), ...podFaults(objects, 'development')]).toEqual([]);
    return objects;
  };
  const find = (objects: readonly Mapping[], name: string) => objects.find((it) => nameOf(it) === name);

  it('without autoscaling the Deployment says how many pods', () => {
    const objects = rendered('ratings', 'hpa.enabled=false', 'deploy.replicaCount=2', 'mesh.enabled=true');
    expect(find(objects, 'HorizontalPodAutoscaler/ratings')).toBeUndefined();
    const deployment = find(objects, 'Deployment/ratings');
    expect(dig(deployment, 'spec', 'replicas')).toBe(2);
    expect(dig(deployment, 'spec', 'template', 'metadata', 'annotations')).toMatchObject({
      'linkerd.io/inject': 'enabled',
    });
  });
  it("nodes are chosen by the customer's own values", () => {
    const set = ['deploy.affinity.nodeAffinity.values=shopstack', 'deploy.nodeAffinityMode=required'];
    expect(renderText('cart', { set })).toMatch(/operator: In\n +values:\n +- shopstack\n/);
  });
  it("sample data is loaded after the installation, by the tools' image that platform names", () => {
    const job = find(rendered('shipping', 'seed.enabled=true'), 'Job/shipping-seed');
    expect(dig(job, 'metadata', 'annotations', 'helm.sh/hook')).toBe('post-install,post-upgrade');
    expect(podsOf(job ? [job] : []).map(({ main }) => main[0]?.image)).toEqual([imageIn('platform')]);
  });
  it("RabbitMQ's definitions are made by dispatch's image, or by a given one", () => {
    const text = (...set: string[]) => renderText('datastores', { set });
    expect(environmentText('datastores', 'default')).toContain(`image: ${imageIn('dispatch')}\n`);
    const given = text('deploy.image.repository=example.org/dispatch', 'deploy.image.tag=1.2.3');
    expect(given).toContain('image: example.org/dispatch:1.2.3\n');
  });
  it('the gateway takes a NodePort, an Ingress or a route', () => {
    const objects = rendered('web', 'httpRoute.enabled=true', 'ingress.enabled=true');
    expect(mappings(dig(find(objects, 'Service/web'), 'spec', 'ports'))[0]).toMatchObject({
      nodePort: 30_080,
    });
    expect(find(objects, 'HTTPRoute/web')).toBeDefined();
    expect(find(objects, 'Ingress/web')).toBeDefined();
  });
  it('the namespace is made restricted', () => {
    const objects = rendered('platform', 'namespace.create=true', 'defaults.namespace.name=elsewhere');
    const labels = dig(find(objects, 'Namespace/elsewhere'), 'metadata', 'labels');
    expect(labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
  });
  it('a changed variable changes the pods', () => {
    const checksum = (objects: readonly Mapping[]) =>
      dig(
        find(objects, 'Deployment/cart'),
        ...['spec', 'template', 'metadata', 'annotations', 'checksum/config'],
      );
    const changed = rendered('cart', 'envOverrides[0].name=LOG_LEVEL', 'envOverrides[0].value=debug');
    expect(checksum(changed)).toMatch(/^\w{64}$/);
    expect(checksum(changed)).not.toBe(checksum(environmentObjects('cart', 'default')));
  });
});

withHelm('alerts', () => {
  const rulesOf = (environment: 'staging' | 'preprod') =>
    environmentObjects('platform', environment).filter(({ kind }) => kind === 'PrometheusRule');
  const groups = (spec: unknown) => mappings(dig(spec, 'groups'));

  it.each(['staging', 'preprod'] as const)('are the files of packages/observability in %s', (environment) => {
    const folder = `${repository}/packages/observability/rules`;
    const made = Object.fromEntries(rulesOf(environment).map((it) => [dig(it, 'metadata', 'name'), it.spec]));
    expect(
      Object.keys(made)
        .sort()
        .map((it) => `${it}.yaml`),
    ).toEqual(readdirSync(folder).sort());
    for (const [name, spec] of Object.entries(made)) {
      const text = readFileSync(`${folder}/${name}.yaml`, 'utf8');
      const here = text.replaceAll('job=', 'namespace="shopstack",job=');
      expect(groups(spec)).toEqual(groups(parse(here)));
    }
  });
  it('ask for nothing of another namespace', () => {
    const expressions = rulesOf('staging')
      .flatMap(({ spec }) => groups(spec))
      .flatMap((group) => mappings(group.rules))
      .map(({ expr }) => String(expr));
    expect(expressions.length).toBeGreaterThan(40);
    const selectors = expressions.flatMap((it) => it.match(/[a-z][\w:]*\{[^}]*/g) ?? []);
    expect(selectors.filter((it) => !it.includes('{namespace="shopstack",job='))).toEqual([]);
  });
  it('are nobody else’s', () => {
    const others = serviceCharts.flatMap((chart) => environmentObjects(chart, 'staging'));
    expect(others.filter(({ kind }) => kind === 'PrometheusRule')).toEqual([]);
    expect(others.filter(({ kind }) => kind === 'ServiceMonitor')).toHaveLength(serviceCharts.length);
  });
});

/** What a chart's own values say. */
function imageIn(chart: string): string {
  const image = dig(parse(readFileSync(`${helmFolder}/${chart}/values.yaml`, 'utf8')), 'deploy', 'image');
  return `${String(dig(image, 'repository'))}:${String(dig(image, 'tag'))}`;
}
