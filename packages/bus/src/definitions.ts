import { createHash, randomBytes } from 'node:crypto';
import {
  commands,
  createTopology,
  deadLetterQueue,
  deadLetters,
  events,
  isOwnedBy,
  replay,
  type Topology,
  unrouted,
} from './topology.ts';

/** What a service's own queues are bound to. */
const sources = [commands, events, deadLetters, replay];

export interface BrokerUser {
  /** The service's name, also the prefix of what it may configure. */
  name: string;
  password: string;
  /** Sees and configures everything in the vhost. */
  administrator?: boolean;
  /** Only looks at queues' lengths, which needs no right; with the right to read one could take messages away. */
  watcher?: boolean;
}

/** RabbitMQ's definitions for `load_definitions`: vhost, users, rights and the whole topology. */
export function brokerDefinitions(options: {
  users: readonly BrokerUser[];
  vhost?: string;
  topology?: Topology;
}) {
  const { users, vhost = 'shop', topology = createTopology() } = options;
  return {
    vhosts: [{ name: vhost }],
    users: users.map((user) => ({
      name: user.name,
      password_hash: hashPassword(user.password),
      hashing_algorithm: 'rabbit_password_hashing_sha256',
      tags: user.administrator ? 'administrator' : '',
    })),
    permissions: users.map((user) => ({ user: user.name, vhost, ...rightsOf(user) })),
    exchanges: topology.exchanges.map((exchange) => ({
      ...exchange,
      vhost,
      durable: true,
      auto_delete: false,
      internal: false,
    })),
    queues: topology.queues.map(({ name, arguments: args }) => ({
      name,
      vhost,
      durable: true,
      auto_delete: false,
      arguments: args,
    })),
    bindings: topology.queues.flatMap((queue) =>
      queue.bindings.map((binding) => ({
        source: binding.exchange,
        vhost,
        destination: queue.name,
        destination_type: 'queue',
        routing_key: binding.routingKey,
        arguments: {},
      })),
    ),
  };
}

/**
 * A service configures only its own queues; it publishes to and binds from the shared exchanges. Shared queues hold
 * other services' messages: only the keeper of dead letters reads what no queue wanted.
 */
export function rightsOf(user: Pick<BrokerUser, 'name' | 'administrator' | 'watcher'>) {
  if (user.administrator) return { configure: '.*', write: '.*', read: '.*' };
  if (user.watcher) return { configure: '', write: '', read: '' };
  const shared = isOwnedBy(user.name, deadLetterQueue) ? [...sources, unrouted] : sources;
  return {
    configure: `^${user.name}\\..*$`,
    write: `^(${user.name}\\..*|shop\\..*)$`,
    read: `^(${user.name}\\..*|${shared.join('|').replaceAll('.', '\\.')})$`,
  };
}

function hashPassword(password: string): string {
  const salt = randomBytes(4);
  const hash = createHash('sha256').update(salt).update(password, 'utf8').digest();
  return Buffer.concat([salt, hash]).toString('base64');
}
