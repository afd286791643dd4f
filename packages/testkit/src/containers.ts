import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { GenericContainer, type StartedTestContainer, Wait } from 'testcontainers';

/** The images of docker-compose.yaml. */
const images = {
  redis: 'redis:7',
  mysql: 'mysql:8.4',
  rabbitmq: 'rabbitmq:4-management',
  mongo: 'mongo:8',
} as const;
const PASSWORD = 'test';

interface ContainerStores {
  environment: Record<string, string>;
  close(): Promise<void>;
}

/** Starts the four stores in containers; says why when there is no engine or an image cannot be had. */
export async function openContainerStores(): Promise<
  { ok: true; stores: ContainerStores } | { ok: false; reason: string }
> {
  if (process.env.TEST_CONTAINERS === 'false') return { ok: false, reason: 'TEST_CONTAINERS=false' };
  const engine = await promisify(execFile)('docker', ['info', '--format', '{{.ServerVersion}}'], {
    timeout: 5000,
  }).catch(() => undefined);
  if (!engine) return { ok: false, reason: 'no Docker engine answers' };
  const started: StartedTestContainer[] = [];
  const keep = async (starting: Promise<StartedTestContainer>) => {
    const it = await starting;
    started.push(it);
    return it;
  };
  try {
    const [redis, mysql, rabbitmq, mongo] = await Promise.all([
      keep(new GenericContainer(images.redis).withExposedPorts(6379).start()),
      keep(
        new GenericContainer(images.mysql)
          .withEnvironment({ MYSQL_ROOT_PASSWORD: PASSWORD })
          .withExposedPorts(3306)
          .withWaitStrategy(Wait.forLogMessage(/ready for connections.*port: 3306/, 1))
          .start(),
      ),
      keep(
        new GenericContainer(images.rabbitmq)
          .withExposedPorts(5672, 15672)
          .withWaitStrategy(Wait.forListeningPorts())
          .start(),
      ),
      keep(new GenericContainer(images.mongo).withExposedPorts(27017).start()),
    ]);
    const at = (it: StartedTestContainer, port: number) => `${it.getHost()}:${it.getMappedPort(port)}`;
    return {
      ok: true,
      stores: {
        environment: {
          TEST_REDIS_URL: `redis://${at(redis, 6379)}`,
          TEST_MYSQL_URL: `mysql://root:${PASSWORD}@${at(mysql, 3306)}`,
          TEST_AMQP_URL: `amqp://guest:guest@${at(rabbitmq, 5672)}`,
          TEST_AMQP_MANAGEMENT_URL: `http://guest:guest@${at(rabbitmq, 15672)}`,
          TEST_MONGO_URL: `mongodb://${at(mongo, 27017)}`,
        },
        close: async () => {
          await Promise.all(started.map((it) => it.stop()));
        },
      },
    };
  } catch (error) {
    await Promise.all(started.map((it) => it.stop()));
    return {
      ok: false,
      reason: `containers did not start: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}
