import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { GenericContainer, type StartedTestContainer, Wait } from 'testcontainers';

const PASSWORD = 'test';
/** From a pulled image; a first pull may take its time. */
const STARTS_WITHIN_MS = 180_000;

export const containerNames = ['redis', 'mariadb', 'rabbitmq', 'mongo'] as const;
export type ContainerName = (typeof containerNames)[number];
type Environment = Record<string, string>;

/** The images of docker-compose.yaml, what says that each is ready, and what tests are told. */
const stores: Record<
  ContainerName,
  { container: () => GenericContainer; environment: (it: StartedTestContainer) => Environment }
> = {
  redis: {
    container: () => new GenericContainer('redis:8-alpine').withExposedPorts(6379),
    environment: (it) => ({ TEST_REDIS_URL: `redis://${at(it, 6379)}` }),
  },
  mariadb: {
    container: () =>
      new GenericContainer('mysql:8.4')
        .withEnvironment({ MYSQL_ROOT_PASSWORD: PASSWORD, MYSQL_ROOT_HOST: '%' })
        .withExposedPorts(3306)
        .withWaitStrategy(Wait.forLogMessage(/ready for connections.*port: 3306/, 1)),
    environment: (it) => ({ TEST_MYSQL_URL: `mysql://root:${PASSWORD}@${at(it, 3306)}` }),
  },
  rabbitmq: {
    container: () =>
      new GenericContainer('rabbitmq:4-management-alpine')
        .withExposedPorts(5672, 15672)
        .withWaitStrategy(Wait.forLogMessage(/Server startup complete/)),
    environment: (it) => ({
      TEST_AMQP_URL: `amqp://guest:guest@${at(it, 5672)}`,
      TEST_AMQP_MANAGEMENT_URL: `http://guest:guest@${at(it, 15672)}`,
    }),
  },
  mongo: {
    container: () => new GenericContainer('mongo:8').withExposedPorts(27017),
    environment: (it) => ({ TEST_MONGO_URL: `mongodb://${at(it, 27017)}` }),
  },
};
const at = (it: StartedTestContainer, port: number) => `${it.getHost()}:${it.getMappedPort(port)}`;

export interface ContainerStores {
  environment: Environment;
  started: ContainerName[];
  /** Why the others did not start, for people. */
  reasons: string[];
  close(): Promise<void>;
}

/**
 * Starts those of the four stores in containers that can be: none without an engine (or with TEST_CONTAINERS=false), and
 * none whose image cannot be had. They are removed by `close`.
 */
export async function openContainerStores(): Promise<ContainerStores> {
  const why = await engineFault();
  if (why) return { environment: {}, started: [], reasons: [why], close: async () => undefined };
  // Its helper that removes what a killed test leaves is one more image to be had, and needs the engine's socket.
  process.env.TESTCONTAINERS_RYUK_DISABLED ??= 'true';
  const outcomes = await Promise.all(containerNames.map(start));
  const running = outcomes.flatMap((it) => ('container' in it ? [it] : []));
  return {
    environment: Object.assign(
      {},
      ...running.map(({ name, container }) => stores[name].environment(container)),
    ),
    started: running.map(({ name }) => name),
    reasons: outcomes.flatMap((it) => ('reason' in it ? [`${it.name}: ${it.reason}`] : [])),
    close: async () => {
      await Promise.all(running.map(({ container }) => container.stop()));
    },
  };
}

async function engineFault(): Promise<string | undefined> {
  if (process.env.TEST_CONTAINERS === 'false') return 'TEST_CONTAINERS=false';
  const asked = promisify(execFile)('docker', ['info', '--format', '{{.ServerVersion}}'], { timeout: 5000 });
  const version = await asked.then(({ stdout }) => stdout.trim()).catch(() => '');
  return version === '' ? 'no Docker engine answers' : undefined;
}

type Outcome = { name: ContainerName } & ({ container: StartedTestContainer } | { reason: string });

async function start(name: ContainerName): Promise<Outcome> {
  try {
    return { name, container: await stores[name].container().withStartupTimeout(STARTS_WITHIN_MS).start() };
  } catch (error) {
    return { name, reason: error instanceof Error ? error.message : String(error) };
  }
}
