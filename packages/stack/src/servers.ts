import { freePortBase } from './free-ports.ts';
import { createLayout, type Layout } from './layout.ts';
import type { Part } from './part.ts';
import { emptyTopology } from './parts/broker-definitions.ts';
import { externalPart } from './parts/external.ts';
import { mariadbPart } from './parts/mariadb.ts';
import { mongoPart } from './parts/mongo.ts';
import { type BrokerOptions, epmdPart, rabbitmqPart } from './parts/rabbitmq.ts';
import { redisPart } from './parts/redis.ts';
import { checkPorts } from './port-owner.ts';
import { type Ports, portsFrom } from './ports.ts';
import { openSecrets, type Secrets } from './secrets.ts';
import { adminUrls, type ServerName, serverNames } from './server-urls.ts';
import { createSupervisor } from './supervisor.ts';

export type { ServerName } from './server-urls.ts';

export interface ServerOptions {
  /** Where data, logs and secrets live; kept after close. */
  dataDir: string;
  /** Ports are this plus a fixed offset each; a free range when left out. */
  portBase?: number;
  /** Which servers; all when left out. */
  only?: readonly ServerName[];
  /** The broker's virtual hosts besides `shop`, its topology (none when left out), its management API. */
  broker?: BrokerOptions;
}

/**
 * Starts real servers on 127.0.0.1 and resolves when they answer. `urls` are those of each server's admin, or the one
 * in the environment (REDIS_URL, MYSQL_URL, AMQP_URL, MONGO_URL) when set; a server left out by `only` does not run.
 * Rejects with StartFailure, or with PortTaken naming who has the port.
 */
export async function startServers(options: ServerOptions) {
  const layout = createLayout(options.dataDir);
  const secrets = openSecrets(layout.secretsFile);
  const ports = portsFrom(options.portBase ?? (await freePortBase()));
  const only = options.only ?? serverNames;
  const parts = serverParts({
    layout,
    secrets,
    ports,
    only,
    broker: { topology: emptyTopology, ...options.broker },
  });
  await checkPorts(parts, layout);
  const supervisor = createSupervisor(parts, { layout });
  await supervisor.start();
  return {
    urls: adminUrls(ports, secrets, process.env),
    status: () => supervisor.status(),
    kill: supervisor.kill,
    close: () => supervisor.stop(),
  };
}

/** The parts of the chosen servers. RabbitMQ comes first because it takes longest. */
export function serverParts(options: {
  layout: Layout;
  secrets: Secrets;
  ports: Ports;
  only: readonly ServerName[];
  broker: BrokerOptions;
}): Part[] {
  const { layout, secrets, ports, only } = options;
  const make: Record<ServerName, () => Part[]> = {
    rabbitmq: () => [epmdPart({ layout, ports }), rabbitmqPart(options, options.broker)],
    mariadb: () => [mariadbPart({ layout, port: ports('mariadb'), secrets })],
    redis: () => [redisPart({ layout, port: ports('redis'), secrets })],
    mongo: () => [mongoPart({ layout, port: ports('mongo'), secrets })],
  };
  return serverNames
    .filter((name) => only.includes(name))
    .flatMap((name) => externalPart(name, process.env) ?? make[name]());
}
