import { freePortBase } from '@shopstack/stack/free-ports';
import { portsFrom } from '@shopstack/stack/ports';
import { startServers } from '@shopstack/stack/servers';
import { openContainerStores } from '@shopstack/testkit/containers';

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
  if (containers.ok) return { choice: 'containers (testcontainers)', ...containers.stores };
  const portBase = await freePortBase();
  const servers = await startServers({ dataDir, portBase, broker: { management: true } });
  const { redis, mysql, amqp, mongo } = servers.urls;
  const management = new URL(amqp.replace(/^amqp/, 'http'));
  management.port = String(portsFrom(portBase)('rabbitmqManagement'));
  management.pathname = '/';
  return {
    choice: `this machine's own servers and the embedded MongoDB (${containers.reason})`,
    environment: {
      TEST_REDIS_URL: redis,
      TEST_MYSQL_URL: mysql,
      TEST_AMQP_URL: amqp,
      TEST_MONGO_URL: mongo,
      TEST_AMQP_MANAGEMENT_URL: management.href,
    },
    close: async () => {
      await servers.close();
    },
  };
}
