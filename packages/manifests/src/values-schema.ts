import type { Chart } from './charts.ts';
import type { Mapping } from './yaml-value.ts';

const text = { type: 'string', minLength: 1 };
const anyText = { type: 'string' };
const flag = { type: 'boolean' };
const count = (minimum = 0) => ({ type: 'integer', minimum });
const list = (items: Mapping) => ({ type: 'array', items });
const mapOf = (values: Mapping) => ({ type: 'object', additionalProperties: values });
const quantity = { type: 'string', pattern: '^[0-9.]+(m|k|M|G|T|Ki|Mi|Gi|Ti)?$' };
const variable = { type: 'string', pattern: '^[A-Z][A-Z0-9_]*$' };

/** A mapping that knows its keys: a misspelt one is refused by name. */
const keys = (properties: Mapping, required: readonly string[] = []): Mapping => ({
  type: 'object',
  additionalProperties: false,
  properties,
  ...(required.length > 0 ? { required } : {}),
});

const amounts = keys({ cpu: quantity, memory: quantity });
const resources = keys({ requests: amounts, limits: amounts });
const env = list(keys({ name: variable, value: anyText }, ['name', 'value']));
const match = keys(
  { key: text, operator: { enum: ['In', 'NotIn'] }, values: { anyOf: [text, list(text)] } },
  ['key', 'operator', 'values'],
);
const port = keys(
  { port: count(1), targetPort: count(1), nodePort: { type: 'integer', minimum: 30_000, maximum: 32_767 } },
  ['port', 'targetPort'],
);
const stores = list({ enum: ['mongodb', 'redis', 'mysql', 'rabbitmq'] });

const deploy = {
  replicaCount: count(),
  image: keys({
    repository: text,
    tag: { type: 'string', pattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$' },
    pullPolicy: { enum: ['Always', 'IfNotPresent', 'Never'] },
    pullSecrets: list(text),
  }),
  command: list(text),
  tolerations: keys({
    key: text,
    operator: { enum: ['Equal', 'Exists'] },
    value: anyText,
    effect: { enum: ['NoSchedule', 'NoExecute', 'PreferNoSchedule'] },
  }),
  affinity: keys({ nodeAffinity: match }),
  nodeAffinityMode: { enum: ['preferred', 'required'] },
  drainSeconds: { type: 'integer', minimum: 0, maximum: 15 },
  terminationGracePeriodSeconds: count(25),
  preStopSeconds: count(),
  maxSurge: { type: ['integer', 'string'] },
  serviceVariables: flag,
  fullHostNames: flag,
  userId: count(1),
  topologySpread: flag,
  resources,
  tmpSize: quantity,
  probes: keys({ synthetic: flag, live: text, ready: text, startSeconds: count(2) }),
};

/** What every chart understands. */
const shared: Mapping = {
  defaults: keys({
    namespace: keys({ name: text }),
    environment: { enum: ['development', 'test', 'staging', 'preprod', 'production'] },
    publicUrl: { type: 'string', pattern: '^https?://' },
    clusterDomain: text,
    dnsService: text,
  }),
  deploy: keys(deploy),
  env,
  envOverrides: env,
  envRemoved: list(variable),
  service: keys({ type: { enum: ['ClusterIP', 'NodePort', 'LoadBalancer'] }, ports: mapOf(port) }),
  hpa: keys({
    enabled: flag,
    minReplicas: count(1),
    maxReplicas: count(1),
    targetCpuPercent: { type: 'integer', minimum: 1, maximum: 100 },
  }),
  pdb: keys({ enabled: flag, maxUnavailable: { type: ['integer', 'string'] } }),
  secrets: keys({
    env: list(variable),
    external: keys({
      enabled: flag,
      storeName: text,
      storeKind: { enum: ['SecretStore', 'ClusterSecretStore'] },
      path: text,
      refreshInterval: text,
    }),
  }),
  network: keys({
    enabled: flag,
    calls: list(text),
    calledBy: list(text),
    stores,
    storeHosts: mapOf(text),
    storeRanges: mapOf(text),
    internetPorts: list(count(1)),
    fromNamespaces: list(text),
    public: flag,
    monitoringNamespace: text,
    telemetryNamespace: text,
  }),
  tls: keys({
    enabled: flag,
    issuerName: text,
    issuerKind: { enum: ['Issuer', 'ClusterIssuer'] },
    caSecret: text,
    tunnelImage: text,
    redisCaFile: text,
  }),
  mesh: keys({ enabled: flag, annotations: mapOf(anyText) }),
  monitoring: keys({ enabled: flag, labels: mapOf(anyText), interval: text }),
  telemetry: keys({
    enabled: flag,
    endpoint: { type: 'string', pattern: '^https?://[^/:]+:[0-9]+$' },
    sampler: { type: 'number', minimum: 0, maximum: 1 },
  }),
  migration: keys({ enabled: flag, env: list(variable), deadlineSeconds: count(1) }),
  seed: keys({ enabled: flag, image: anyText, env: list(variable) }),
  ingress: keys({
    enabled: flag,
    className: text,
    host: text,
    tlsSecret: text,
    clusterIssuer: anyText,
    annotations: mapOf(anyText),
  }),
  httpRoute: keys({ enabled: flag, gatewayName: text, gatewayNamespace: text, host: text }),
};

const watch = keys(
  {
    enabled: flag,
    schedule: text,
    command: list(text),
    deadlineSeconds: count(1),
    env,
    secretEnv: list(variable),
    calls: list(text),
    stores,
    internetPorts: list(count(1)),
  },
  ['enabled', 'schedule', 'command', 'deadlineSeconds', 'env', 'secretEnv', 'calls', 'stores'],
);
const platform = {
  namespace: keys({ create: flag }, ['create']),
  quota: keys({ requests: amounts, limits: amounts, pods: count(1), storage: quantity }, [
    'requests',
    'limits',
    'pods',
    'storage',
  ]),
  limitRange: keys({ default: amounts, defaultRequest: amounts, max: amounts }),
  audit: watch,
  shopper: watch,
};

const store = (more: Mapping) =>
  keys({ enabled: flag, image: text, size: quantity, calledBy: list(text), resources, ...more }, [
    'enabled',
    'image',
    'size',
    'calledBy',
    'resources',
    ...Object.keys(more),
  ]);
const datastores = {
  storage: keys({ className: anyText }, ['className']),
  stores: keys(
    {
      mongodb: store({}),
      redis: store({ maxMemory: text }),
      mysql: store({ bufferPool: text }),
      rabbitmq: store({ memoryWatermark: text }),
    },
    ['mongodb', 'redis', 'mysql', 'rabbitmq'],
  ),
};

/** Keys that a chart's own values.yaml must hold, as paths. */
const requiredOfAll = ['defaults.namespace.name'];
const requiredOfImages = [...requiredOfAll, 'deploy.image.repository', 'deploy.image.tag'];
const requiredOfServices = [
  ...requiredOfImages,
  'deploy.replicaCount',
  'env',
  'service.ports.http.port',
  'service.ports.http.targetPort',
  'hpa.enabled',
  'hpa.minReplicas',
  'hpa.maxReplicas',
];

/** A schema of its own for each level of the paths: what must be there. */
function demand(paths: readonly string[]): Mapping {
  const heads = Map.groupBy(paths, (path) => path.split('.')[0] ?? '');
  const properties = [...heads].flatMap(([head, all]) => {
    const rest = all.map((path) => path.slice(head.length + 1)).filter((path) => path !== '');
    return rest.length > 0 ? [[head, demand(rest)] as const] : [];
  });
  return {
    required: [...heads.keys()],
    ...(properties.length > 0 ? { properties: Object.fromEntries(properties) } : {}),
  };
}

const draft = { $schema: 'http://json-schema.org/draft-07/schema#' };
/** Helm puts these two beside the chart's own values; the library checks its part itself. */
const helms = { global: { type: 'object' }, common: { type: 'object' } };

/** The values.schema.json of a chart, or of the library. */
export function valuesSchema(chart: Chart | 'common'): Mapping {
  if (chart === 'common')
    return {
      ...draft,
      ...keys({ ...shared, environments: mapOf(keys(shared)), global: { type: 'object' } }),
    };
  const own = chart === 'platform' ? platform : chart === 'datastores' ? datastores : {};
  return { ...draft, ...keys({ ...shared, ...own, ...helms }), allOf: [demand(requiredOf(chart))] };
}

function requiredOf(chart: Chart): string[] {
  if (chart === 'platform') return [...requiredOfImages, ...Object.keys(platform)];
  if (chart === 'datastores') return [...requiredOfAll, ...Object.keys(datastores)];
  return requiredOfServices;
}
