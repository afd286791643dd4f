import { dig, isMapping, type Mapping, mapping, mappings } from './yaml-value.ts';

const nameLabel = 'app.kubernetes.io/name';
const stores: Record<string, string> = {
  MONGO_URL: 'mongodb',
  MYSQL_URL: 'mysql',
  AMQP_URL: 'rabbitmq',
  REDIS_HOST: 'redis',
  AUDIT_MYSQL_URL: 'mysql',
  AUDIT_MONGO_URL: 'mongodb',
  AUDIT_REDIS_URL: 'redis',
  AUDIT_AMQP_URL: 'rabbitmq',
};

/** `caller → callee`. */
export type Edge = string;
const edge = (caller: string, callee: string): Edge => `${caller} → ${callee}`;

/**
 * Whom a part calls, by what it is told: a store's variable means the store, other addresses whoever of `parts` is their
 * host. A part that is told its own name does not call itself.
 */
export function edgesOfVariables(
  part: string,
  variables: Readonly<Record<string, string>>,
  parts: readonly string[],
): Edge[] {
  const callees = Object.entries(variables).flatMap(([name, value]) => {
    const store = stores[name];
    if (store) return [store];
    const addresses = name.endsWith('_HOST') ? [`//${value}`] : (value.match(/\/\/[^\s/]+/g) ?? []);
    const hosts = addresses.map((it) => /([\w-]+)[\w.-]*(:\d+)?$/.exec(it.replace(/.*[@/]/, ''))?.[1] ?? '');
    return hosts.filter((host) => parts.includes(host));
  });
  return [...new Set(callees)].filter((it) => it !== part).map((callee) => edge(part, callee));
}

/** An address as it is without the tunnel: what listens on this pod's own address leads to somebody else's. */
export function beyondTunnel(value: string, objects: readonly Mapping[], part: string): string {
  const config = objects.find(
    ({ kind, metadata }) => kind === 'ConfigMap' && dig(metadata, 'name') === `${part}-tunnel`,
  );
  const text = String(dig(config, 'data', 'nginx.conf') ?? '');
  const tunnels = [...text.matchAll(/listen 127\.0\.0\.1:(\d+);\s+set \$\w+ ([\w-]+)/g)];
  return tunnels.reduce(
    (at, [, port = '', callee = '']) => at.replaceAll(`127.0.0.1:${port}`, callee),
    value,
  );
}

const peersOf = (rules: unknown, side: 'to' | 'from'): string[] =>
  mappings(rules).flatMap((rule) =>
    mappings(rule[side]).flatMap((peer) => {
      const name = dig(peer, 'podSelector', 'matchLabels', nameLabel);
      return typeof name === 'string' ? [name] : [];
    }),
  );

export interface NetworkEdges {
  /** Calls that the callers' policies let out. */
  out: Set<Edge>;
  /** Calls that the callees' policies let in. */
  in: Set<Edge>;
}

/** Who may call whom, by the NetworkPolicies of all charts. */
export function edgesOfPolicies(objects: readonly Mapping[]): NetworkEdges {
  const edges: NetworkEdges = { out: new Set(), in: new Set() };
  for (const { kind, spec } of objects) {
    if (kind !== 'NetworkPolicy') continue;
    const self = dig(spec, 'podSelector', 'matchLabels', nameLabel);
    if (typeof self !== 'string') continue;
    for (const callee of peersOf(mapping(spec).egress, 'to')) edges.out.add(edge(self, callee));
    for (const caller of peersOf(mapping(spec).ingress, 'from')) edges.in.add(edge(caller, self));
  }
  return edges;
}

/** The ports of other namespaces that a part's policy lets out, as `namespace:port`; the resolver's are left out. */
export function namespacesOut(objects: readonly Mapping[], part: string): string[] {
  const policy = objects.find(
    ({ kind, metadata }) => kind === 'NetworkPolicy' && dig(metadata, 'name') === part,
  );
  return mappings(dig(policy, 'spec', 'egress')).flatMap((rule) =>
    mappings(rule.to).flatMap((peer) => {
      const name = dig(peer, 'namespaceSelector', 'matchLabels', 'kubernetes.io/metadata.name');
      if (typeof name !== 'string' || name === 'kube-system') return [];
      return mappings(rule.ports).map(({ port }) => `${name}:${String(port)}`);
    }),
  );
}

/** Rules that open more than they name: a peer without any selector, or none at all. */
export function openRules(objects: readonly Mapping[]): string[] {
  return objects
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .flatMap((policy) =>
      (['ingress', 'egress'] as const).flatMap((side) => {
        const name = String(dig(policy, 'metadata', 'name'));
        return mappings(dig(policy, 'spec', side)).flatMap((rule) => {
          const peers = mappings(rule[side === 'ingress' ? 'from' : 'to']);
          const open = peers.length === 0 || peers.some((peer) => Object.values(peer).every(isEmpty));
          return open ? [`${name}: ${side} is open to everybody`] : [];
        });
      }),
    );
}

const isEmpty = (value: unknown): boolean => isMapping(value) && Object.keys(value).length === 0;
