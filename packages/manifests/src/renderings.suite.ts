import { readFileSync } from 'node:fs';
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
import { beyondTunnel, edgesOfPolicies, edgesOfVariables, openRules } from './network.ts';
import { renderParts } from './parts.ts';
import { podFaults } from './pod-policy.ts';
import { nameOf, podsOf } from './pods.ts';
import { configReader, gatewayVariables, loadFunction, metricNames } from './programs.ts';
import { quotaFaults } from './quota.ts';
import { environmentObjects, environmentText, readDocuments, renderText } from './rendering.ts';
import { goldenFile, goldenText, schemaFiles } from './renewal.ts';
import { secretFaults, valueSecretFaults } from './secret-policy.ts';
import { unknownVariables, variablesOf } from './variables.ts';
import { dig, type Mapping, mappings, texts } from './yaml-value.ts';

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

withHelm.each(['default', 'staging', 'preprod'] as const)('the network in %s', (environment) => {
  const objects = () =>
    inEnvironment(environment).flatMap(({ chart }) => environmentObjects(chart, environment));
  const sorted = (edges: Iterable<string>) => [...edges].sort();

  it('lets out the calls that the variables of all parts mean, and no others', () => {
    expect(sorted(edgesOfPolicies(objects()).out)).toEqual(sorted(meantEdges(environment)));
  });
  it('lets in who is let out', () => {
    const edges = edgesOfPolicies(objects());
    expect(sorted(edges.in)).toEqual(sorted(edges.out));
  });
  it('denies the rest', () => {
    const deny = objects().find((it) => nameOf(it) === 'NetworkPolicy/default-deny');
    expect(dig(deny, 'spec')).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
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
  it('ask for metrics that the services have', async () => {
    const known = await metricNames();
    const asked = serviceCharts.flatMap((chart) => alertExpressions(environmentObjects(chart, 'staging')));
    const names = asked.flatMap((it) => it.match(/shop_[a-z_]+/g) ?? []);
    expect(names.length).toBeGreaterThan(40);
    expect(names.filter((it) => !known.has(it.replace(/_(count|bucket|sum)$/, '')))).toEqual([]);
  });
});

/** What a chart's own values say. */
function imageIn(chart: string): string {
  const image = dig(parse(readFileSync(`${helmFolder}/${chart}/values.yaml`, 'utf8')), 'deploy', 'image');
  return `${String(dig(image, 'repository'))}:${String(dig(image, 'tag'))}`;
}

const alertExpressions = (objects: readonly Mapping[]): string[] =>
  objects
    .filter(({ kind }) => kind === 'PrometheusRule')
    .flatMap((rule) => mappings(dig(rule, 'spec', 'groups')))
    .flatMap((group) => mappings(group.rules))
    .map(({ expr }) => String(expr));

/** Calls by what the programs are told, in Deployments and in CronJobs. */
function meantEdges(environment: 'default' | 'staging' | 'preprod'): Set<string> {
  const parts = inEnvironment(environment).map(({ chart }) => chart as string);
  const edges = inEnvironment(environment).flatMap(({ chart }) => {
    const objects = environmentObjects(chart, environment);
    return programsOf(objects).flatMap(({ name, told }) => {
      const reached = Object.entries(told).map(
        ([key, it]) => [key, beyondTunnel(it, objects, name)] as const,
      );
      return edgesOfVariables(name, Object.fromEntries(reached), parts);
    });
  });
  return new Set(edges);
}

/** Each program with its variables and, as one of them, its command line. */
const programsOf = (objects: readonly Mapping[]) =>
  objects.flatMap((object) => {
    const name = String(dig(object, 'metadata', 'name'));
    if (object.kind === 'Deployment') return [{ name, told: variablesOf(objects, name).values }];
    if (object.kind !== 'CronJob') return [];
    return podsOf([object]).flatMap(({ main }) =>
      main.map(({ command, env }) => {
        const told = mappings(env).map((it) => [String(it.name), String(it.value ?? '')] as const);
        return { name, told: { ...Object.fromEntries(told), COMMAND: texts(command).join(' ') } };
      }),
    );
  });
