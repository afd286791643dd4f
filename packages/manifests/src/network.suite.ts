import { describe, expect, it } from '@jest/globals';
import { renderings, serviceCharts } from './charts.ts';
import { whyHelmCannotRun } from './helm.ts';
import { beyondTunnel, edgesOfPolicies, edgesOfVariables, namespacesOut } from './network.ts';
import { nameOf, podsOf } from './pods.ts';
import { environmentObjects } from './rendering.ts';
import { variablesOf } from './variables.ts';
import { dig, type Mapping, mappings, texts } from './yaml-value.ts';

const withHelm = whyHelmCannotRun() ? describe.skip : describe;
const inEnvironment = (environment: string) => renderings.filter((it) => it.environment === environment);
const endpoint = 'OTEL_EXPORTER_OTLP_ENDPOINT';

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
  it('lets spans out to the collector that they are sent to, and nothing else to other namespaces', () => {
    for (const service of serviceCharts) {
      const { values } = variablesOf(objects(), service);
      const [, namespace, port] = /^http:\/\/[\w-]+\.([\w-]+):(\d+)$/.exec(values[endpoint] ?? '') ?? [];
      expect(namespacesOut(objects(), service)).toEqual(namespace ? [`${namespace}:${String(port)}`] : []);
      expect(values[endpoint] !== undefined).toBe(environment !== 'default');
    }
  });
  it('denies the rest', () => {
    const deny = objects().find((it) => nameOf(it) === 'NetworkPolicy/default-deny');
    expect(dig(deny, 'spec')).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  });
});

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
