import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { programPath } from '../command.ts';
import type { Layout } from '../layout.ts';
import type { Part } from '../part.ts';
import type { Ports } from '../ports.ts';
import { answers, answersOk } from '../probes.ts';
import type { Secrets } from '../secrets.ts';
import { type BrokerContent, definitionsFor } from './broker-definitions.ts';
import { smallHome } from './rabbitmq-home.ts';

/** Erlang's own name service, private to this shop's broker. */
export function epmdPart(options: { layout: Layout; ports: Ports }): Part {
  const port = options.ports('epmd');
  const namesRequest = Uint8Array.of(0, 1, 110);
  return {
    name: 'epmd',
    port,
    listens: [port],
    needs: [],
    command: () => ({
      program: programPath('epmd'),
      args: ['-port', String(port), '-address', '127.0.0.1'],
      env: {},
      cwd: options.layout.folder('rabbitmq'),
      whenWeDie: 'SIGTERM',
    }),
    isReady: () =>
      answers(port, (reply) => reply.length >= 4 && reply.readUInt32BE(0) === port, namesRequest),
    readyWithinMs: 10_000,
    stopWithinMs: 300,
  };
}

export interface BrokerOptions extends BrokerContent {
  /** Serve the management API too; it costs a second and 30 MB. */
  management?: boolean;
}

/** RabbitMQ with one user per service on the virtual host `shop`. Topology is declared while it boots. */
export function rabbitmqPart(
  { layout, ports, secrets }: { layout: Layout; ports: Ports; secrets: Secrets },
  options: BrokerOptions,
): Part {
  const port = ports('rabbitmq');
  const hello = Buffer.from([...Buffer.from('AMQP'), 0, 0, 9, 1]);
  const managementPort = options.management === true ? ports('rabbitmqManagement') : undefined;
  const opensAmqp = () => answers(port, (reply) => reply[0] === 1, hello);
  return {
    name: 'rabbitmq',
    port,
    listens: [port, ports('rabbitmqNodes'), ...(managementPort === undefined ? [] : [managementPort])],
    needs: ['epmd'],
    prepare: async () => {
      const definitions = await definitionsFor((user) => secrets.password(`amqp.${user}`), options);
      const file = join(layout.folder('rabbitmq'), 'definitions.json');
      writeFileSync(file, JSON.stringify(definitions, null, 2), { mode: 0o600 });
    },
    command: () => {
      const dir = layout.folder('rabbitmq');
      writeFileSync(join(dir, 'rabbitmq.conf'), rabbitmqConfig(dir, port, managementPort));
      const plugins = managementPort === undefined ? [] : ['rabbitmq_management'];
      writeFileSync(join(dir, 'enabled_plugins'), `[${plugins.join()}].\n`);
      const program = programPath('rabbitmq-server');
      const home = smallHome({ program, folder: layout.folder('rabbitmq', 'server') }, plugins);
      writeFileSync(join(dir, 'env.conf'), home === undefined ? '' : `RABBITMQ_HOME='${home}'\n`);
      const cookie = join(layout.folder('rabbitmq', 'home'), '.erlang.cookie');
      if (!existsSync(cookie)) writeFileSync(cookie, secrets.password('erlang.cookie'), { mode: 0o400 });
      return {
        program,
        args: [],
        env: rabbitmqEnvironment(layout, ports),
        cwd: dir,
        whenWeDie: 'SIGTERM',
      };
    },
    isReady: async () =>
      (await opensAmqp()) && (managementPort === undefined || (await answersOk(managementPort, '/'))),
    readyWithinMs: 90_000,
    stopWithinMs: 1600,
  };
}

function rabbitmqConfig(dir: string, port: number, managementPort: number | undefined): string {
  return [
    `listeners.tcp.1 = 127.0.0.1:${port}`,
    `load_definitions = ${join(dir, 'definitions.json')}`,
    'log.console = true',
    'log.console.level = info',
    'log.file = false',
    'disk_free_limit.absolute = 50MB',
    'vm_memory_high_watermark.absolute = 512MB',
    // The log of quorum queues is held in memory up to this size; 512 MB by default.
    'raft.wal_max_size_bytes = 16777216',
    ...(managementPort === undefined
      ? []
      : ['management.tcp.ip = 127.0.0.1', `management.tcp.port = ${managementPort}`]),
    '',
  ].join('\n');
}

/** What the broker and `rabbitmqctl` find each other by. */
export function rabbitmqEnvironment(layout: Layout, ports: Ports): Record<string, string> {
  const folder = (name: string) => layout.folder('rabbitmq', name);
  const file = (name: string) => join(layout.folder('rabbitmq'), name);
  return {
    HOME: folder('home'),
    ERL_EPMD_PORT: String(ports('epmd')),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_CRASH_DUMP: file('erl_crash.dump'),
    RABBITMQ_CONF_ENV_FILE: file('env.conf'),
    RABBITMQ_NODENAME: 'shop@localhost',
    RABBITMQ_CONFIG_FILE: file('rabbitmq.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: file('enabled_plugins'),
    RABBITMQ_FEATURE_FLAGS_FILE: file('feature_flags'),
    RABBITMQ_MNESIA_BASE: folder('mnesia'),
    RABBITMQ_LOG_BASE: folder('log'),
    RABBITMQ_GENERATED_CONFIG_DIR: folder('generated'),
    RABBITMQ_SCHEMA_DIR: folder('schema'),
    RABBITMQ_PID_FILE: file('pid'),
    RABBITMQ_DIST_PORT: String(ports('rabbitmqNodes')),
    // Makes the start script become the server, so that signals and the death of the parent reach it.
    RUNNING_UNDER_SYSTEMD: 'true',
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS:
      '+S 2:2 +SDio 8 +A 8 +sbwt none -kernel inet_dist_use_interface {127,0,0,1}',
  };
}
