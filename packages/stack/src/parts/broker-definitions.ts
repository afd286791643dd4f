import type { Topology } from '@shopstack/bus/topology';
import { serviceNames } from '../services.ts';

export interface BrokerContent {
  /** Queues and exchanges of the virtual host `shop`: the shop's own when left out. */
  topology?: Topology;
  /** Further virtual hosts, empty and for the admin alone. */
  vhosts?: readonly string[];
}

export const emptyTopology: Topology = { exchanges: [], queues: [], delaysMs: [] };

/** What RabbitMQ imports at each boot: virtual hosts, an admin, a reader for the audit, a user per service, topology. */
export async function definitionsFor(password: (user: string) => string, content: BrokerContent) {
  // Loaded when needed: it brings every message schema along, which `npm run status` can do without.
  const { brokerDefinitions } = await import('@shopstack/bus/definitions');
  const user = (name: string) => ({ name, password: password(name) });
  const definitions = brokerDefinitions({
    users: [
      { ...user('admin'), administrator: true },
      { ...user('audit'), watcher: true },
      ...serviceNames.map(user),
    ],
    ...(content.topology === undefined ? {} : { topology: content.topology }),
  });
  const extra = content.vhosts ?? [];
  return {
    ...definitions,
    vhosts: [...definitions.vhosts, ...extra.map((name) => ({ name }))],
    permissions: [
      ...definitions.permissions,
      ...extra.map((vhost) => ({ user: 'admin', vhost, configure: '.*', write: '.*', read: '.*' })),
    ],
  };
}
