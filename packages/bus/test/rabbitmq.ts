import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { openTestAmqp } from '@shopstack/testkit/stores';
import { freePort, type ServerProcess, startProcess, untilItSpeaks } from '../../sql/test/server-process.ts';
import { smallHome } from '../../stack/src/parts/rabbitmq-home.ts';

const programs = '/usr/lib/rabbitmq/bin';

export interface TestBroker {
  url: string;
  close(): Promise<void>;
}
/** One that may be stopped and killed. */
export interface OwnBroker extends TestBroker {
  port: number;
  kill(): Promise<void>;
  start(): Promise<void>;
  ctl(...parameters: string[]): Promise<string>;
}

/** A virtual host of our own on the broker of TEST_AMQP_URL, else a RabbitMQ of our own. */
export const startBroker = (): Promise<TestBroker> =>
  process.env.TEST_AMQP_URL ? openTestAmqp() : startOwnBroker();

/** A RabbitMQ of our own with these definitions, else with a virtual host and a user `shop`. */
export async function startOwnBroker(definitions?: object): Promise<OwnBroker> {
  const folder = mkdtempSync(path.join(tmpdir(), 'shop-rabbitmq-'));
  const [port, distribution, names] = [await freePort(), await freePort(), await freePort()];
  const environment = prepareFolder(folder, { port, distribution, names }, definitions);
  const epmd = startProcess('epmd', ['-port', String(names), '-address', '127.0.0.1'], {
    log: path.join(folder, 'epmd.log'),
    environment,
  });
  await untilItSpeaks(names, Buffer.from([0, 1, 110]));
  let server: ServerProcess;
  const start = async () => {
    server = startProcess(`${programs}/rabbitmq-server`, [], {
      log: path.join(folder, 'rabbit.log'),
      environment,
    });
    await untilItSpeaks(port, Buffer.from([65, 77, 81, 80, 0, 0, 9, 1]));
  };
  const kill = async () => {
    server.signal('SIGKILL');
    await server.exited;
  };
  await start();
  return {
    url: `amqp://shop:shop@127.0.0.1:${port}/shop`,
    port,
    kill,
    start,
    ctl: async (...parameters) => {
      const run = promisify(execFile);
      const { stdout } = await run(`${programs}/rabbitmqctl`, ['-q', ...parameters], { env: environment });
      return stdout;
    },
    close: async () => {
      await kill();
      epmd.signal('SIGKILL');
      await epmd.exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function prepareFolder(
  folder: string,
  ports: { port: number; distribution: number; names: number },
  definitions?: object,
): Record<string, string> {
  const at = (...names: string[]) => path.join(folder, ...names);
  for (const name of ['home', 'mnesia', 'log', 'generated', 'schema']) mkdirSync(at(name));
  writeFileSync(at('home', '.erlang.cookie'), 'testcookie', { mode: 0o400 });
  writeFileSync(at('plugins'), '[].\n');
  mkdirSync(at('server'));
  const home = smallHome({ program: `${programs}/rabbitmq-server`, folder: at('server') }, []);
  writeFileSync(at('env.conf'), home === undefined ? '' : `RABBITMQ_HOME='${home}'\n`);
  writeFileSync(at('definitions.json'), JSON.stringify(definitions ?? {}));
  const settings = [
    `listeners.tcp.1 = 127.0.0.1:${ports.port}`,
    'log.console = true',
    'log.file = false',
    'disk_free_limit.absolute = 50MB',
    ...(definitions
      ? [`load_definitions = ${at('definitions.json')}`]
      : ['default_vhost = shop', 'default_user = shop', 'default_pass = shop']),
  ];
  writeFileSync(at('rabbitmq.conf'), `${settings.join('\n')}\n`);
  return {
    PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
    LANG: 'C.UTF-8',
    HOME: at('home'),
    ERL_EPMD_PORT: String(ports.names),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_CONF_ENV_FILE: at('env.conf'),
    RABBITMQ_NODENAME: `test${ports.port}@localhost`,
    RABBITMQ_CONFIG_FILE: at('rabbitmq.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: at('plugins'),
    RABBITMQ_MNESIA_BASE: at('mnesia'),
    RABBITMQ_LOG_BASE: at('log'),
    RABBITMQ_GENERATED_CONFIG_DIR: at('generated'),
    RABBITMQ_SCHEMA_DIR: at('schema'),
    RABBITMQ_PID_FILE: at('pid'),
    RABBITMQ_DIST_PORT: String(ports.distribution),
    RABBITMQ_FEATURE_FLAGS_FILE: at('feature_flags'),
    RUNNING_UNDER_SYSTEMD: 'true',
    ERL_CRASH_DUMP: at('erl_crash.dump'),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS:
      '+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}',
  };
}
