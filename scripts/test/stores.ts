import { freePortBase } from '@shopstack/stack/free-ports';
import { portsFrom } from '@shopstack/stack/ports';
import { startServers } from '@shopstack/stack/servers';
import { containerNames, openContainerStores } from '@shopstack/testkit/containers';

export interface TestStores {
  /** Said to whoever runs the tests. */
  choice: string;
  environment: Record<string, string>;
  close(): Promise<void>;
}
const names = [
  'TEST_MYSQL_URL',
  'TEST_MONGO_URL',
  'TEST_REDIS_URL',
  'TEST_AMQP_URL',
  'TEST_AMQP_MANAGEMENT_URL',
];

/** Datastores for the tests: given by the environment, else containers, else the machine's own servers. */
export async function openTestStores(dataDir: string): Promise<TestStores> {
  if (names.every((name) => process.env[name])) {
    return { choice: 'the servers named in the environment', environment: {}, close: async () => undefined };
  }
  const containers = await openContainerStores();
  const only = containerNames.filter((name) => !containers.started.includes(name));
  if (only.length === 0) return { choice: 'containers (testcontainers)', ...containers };
  const portBase = await freePortBase();
  const servers = await startServers({ dataDir, portBase, only, broker: { management: true } });
  const { redis, mysql, amqp, mongo } = servers.urls;
  const management = new URL(amqp.replace(/^amqp/, 'http'));
  management.port = String(portsFrom(portBase)('rabbitmqManagement'));
  management.pathname = '/';
  const inContainers =
    containers.started.length > 0 ? `containers for ${containers.started.join(', ')}, else ` : '';
  return {
    choice: `${inContainers}this machine's own servers and the embedded MongoDB (${containers.reasons.join('; ')})`,
    environment: {
      TEST_REDIS_URL: redis,
      TEST_MYSQL_URL: mysql,
      TEST_AMQP_URL: amqp,
      TEST_MONGO_URL: mongo,
      TEST_AMQP_MANAGEMENT_URL: management.href,
      ...containers.environment,
    },
    close: async () => {
      await Promise.all([servers.close(), containers.close()]);
    },
  };
}
