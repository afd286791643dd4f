import { findMongod, mongoDatabases } from './parts/mongo.ts';
import type { PortName, Ports } from './ports.ts';
import type { Secrets } from './secrets.ts';

export const serverNames = ['rabbitmq', 'mariadb', 'redis', 'mongo'] as const;
export type ServerName = (typeof serverNames)[number];

/** When set, this server is used and none is started. */
export const urlVariables: Record<ServerName, string> = {
  rabbitmq: 'AMQP_URL',
  mariadb: 'MYSQL_URL',
  redis: 'REDIS_URL',
  mongo: 'MONGO_URL',
};

interface Account {
  server: ServerName;
  scheme: string;
  user: string;
  /** The virtual host, schema or database. */
  place: string;
  /** The database that knows the user, when it is another than `place` may become. */
  authSource?: string;
}

/** The URL for one account of a server: ours, or the one in the environment with this place in it. */
function serverUrl(account: Account, ports: Ports, secrets: Secrets, environment: NodeJS.ProcessEnv): string {
  const external = environment[urlVariables[account.server]];
  if (external) return atPlace(external, account.place);
  const port: PortName = account.server;
  const host = `127.0.0.1:${ports(port)}`;
  if (account.server === 'mongo' && findMongod()) return `mongodb://${host}/${account.place}`;
  const secretNames: Record<ServerName, string> = {
    rabbitmq: 'amqp',
    mariadb: 'mysql',
    redis: 'redis',
    mongo: 'mongo',
  };
  const password = secrets.password(`${secretNames[account.server]}.${account.user}`);
  const query = account.authSource === undefined ? '' : `?authSource=${account.authSource}`;
  return `${account.scheme}://${account.user}:${password}@${host}/${account.place}${query}`;
}

function atPlace(url: string, place: string): string {
  const parsed = new URL(url);
  if (place !== '') parsed.pathname = `/${place}`;
  return parsed.href;
}

/** The URL of each server's admin. MySQL's names no schema, Redis' no database. */
export function adminUrls(ports: Ports, secrets: Secrets, environment: NodeJS.ProcessEnv) {
  const admin = (server: ServerName, scheme: string, place: string) =>
    serverUrl({ server, scheme, user: 'admin', place }, ports, secrets, environment);
  return {
    redis: admin('redis', 'redis', ''),
    mysql: admin('mariadb', 'mysql', ''),
    amqp: admin('rabbitmq', 'amqp', 'shop'),
    mongo: serverUrl(
      { server: 'mongo', scheme: 'mongodb', user: 'admin', place: 'admin', authSource: 'admin' },
      ports,
      secrets,
      environment,
    ),
    amqpManagement:
      environment.AMQP_MANAGEMENT_URL ??
      `http://admin:${secrets.password('amqp.admin')}@127.0.0.1:${ports('rabbitmqManagement')}/`,
  };
}

/** The accounts of the audit, which may look everywhere and change nothing. Redis' reads carts only. */
export function auditUrls(ports: Ports, secrets: Secrets, environment: NodeJS.ProcessEnv) {
  const audit = (account: Omit<Account, 'user'>) =>
    serverUrl({ ...account, user: 'audit' }, ports, secrets, environment);
  return {
    mysql: audit({ server: 'mariadb', scheme: 'mysql', place: 'dispatch' }),
    mongo: audit({ server: 'mongo', scheme: 'mongodb', place: 'admin', authSource: 'admin' }),
    redis: audit({ server: 'redis', scheme: 'redis', place: '' }),
    amqp: audit({ server: 'rabbitmq', scheme: 'amqp', place: 'shop' }),
  };
}

export const mysqlUrl = (owner: string, ...rest: [Ports, Secrets, NodeJS.ProcessEnv]) =>
  serverUrl({ server: 'mariadb', scheme: 'mysql', user: owner, place: owner }, ...rest);

export const amqpUrl = (owner: string, ...rest: [Ports, Secrets, NodeJS.ProcessEnv]) =>
  serverUrl({ server: 'rabbitmq', scheme: 'amqp', user: owner, place: 'shop' }, ...rest);

export const mongoUrl = (owner: keyof typeof mongoDatabases, ...rest: [Ports, Secrets, NodeJS.ProcessEnv]) =>
  serverUrl({ server: 'mongo', scheme: 'mongodb', user: owner, place: mongoDatabases[owner] }, ...rest);
