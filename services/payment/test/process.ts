import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { openBus } from '@shopstack/bus/connection';
import { createLogger } from '@shopstack/kit/log';
import { openDatabase } from '@shopstack/sql/database';
import { eventually } from '@shopstack/testkit/eventually';
import { openTestAmqp, openTestMysql } from '@shopstack/testkit/stores';
import type { Schema } from '../src/store/schema.ts';
import { openOrders } from './orders.ts';
import { CARD_KEY, mpesa, startProvider, WEBHOOK_SECRET } from './provider.ts';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Everything a real process of the service needs around it, without the process. */
export async function openSurroundings() {
  const [mysql, amqp, port] = await Promise.all([openTestMysql(), openTestAmqp(), freePort()]);
  const log = createLogger({ service: 'test', level: 'silent' });
  const origin = `http://127.0.0.1:${port}`;
  const simulator = await startProvider(`${origin}/webhooks/simulator`);
  const database = openDatabase<Schema>({ url: mysql.url, log });
  const saga = await openBus({ url: amqp.url, service: 'dispatch', log });
  const running = new Set<ChildProcess>();
  const environment = {
    SHOP_ENV: 'test',
    PORT: String(port),
    BIND_ADDRESS: '127.0.0.1',
    PUBLIC_URL: 'http://shop.test',
    PUBLIC_PATH: '/api/v1/payment',
    USER_HOST: '127.0.0.1:9',
    AMQP_URL: amqp.url,
    MYSQL_URL: mysql.url,
    MIGRATE_ON_START: 'true',
    PAYMENT_PROVIDERS: 'simulator,mpesa',
    SIMULATOR_CARD_URL: simulator.url,
    SIMULATOR_CARD_KEY: CARD_KEY,
    SIMULATOR_CARD_WEBHOOK_SECRET: WEBHOOK_SECRET,
    MPESA_URL: simulator.mpesa.url,
    MPESA_CONSUMER_KEY: mpesa.consumerKey,
    MPESA_CONSUMER_SECRET: mpesa.consumerSecret,
    MPESA_SHORT_CODE: mpesa.shortCode,
    MPESA_PASSKEY: mpesa.passkey,
    MPESA_INITIATOR: 'shop',
    MPESA_SECURITY_CREDENTIAL: 'a credential for the tests',
    MPESA_CALLBACK_URL: `${origin}/webhooks/mpesa`,
    MPESA_CALLBACK_SECRET: 'a callback secret for the tests',
    MPESA_CURRENCY: mpesa.currency,
    MPESA_CONFIRM_SECONDS: '20',
    MPESA_REVERSE_AGAIN_SECONDS: '3',
    LOG_LEVEL: 'info',
  };
  /** `node src/<file>.ts` with what it says; `ended` resolves to its exit code. */
  const run = (file: 'main' | 'migrate', more: Record<string, string> = {}) => {
    const path = fileURLToPath(new URL(`../src/${file}.ts`, import.meta.url));
    const child = spawn(process.execPath, ['--no-warnings', path], {
      env: {
        PATH: process.env.PATH,
        NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
        ...environment,
        ...more,
      },
    });
    running.add(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output += String(chunk);
      });
    const ended = once(child, 'exit').then(() => {
      running.delete(child);
      return child.exitCode;
    });
    return { child, ended, output: () => output };
  };
  return {
    origin,
    simulator,
    database,
    ...openOrders(saga),
    run,
    /** A process that answers. */
    async start(more: Record<string, string> = {}) {
      const it = run('main', more);
      await eventually(async () => (await fetch(`${origin}/health/ready`)).status === 200, 20_000);
      return {
        ...it,
        end: async (signal: 'SIGKILL' | 'SIGTERM') => {
          it.child.kill(signal);
          return it.ended;
        },
      };
    },
    async close() {
      for (const child of running) child.kill('SIGKILL');
      await saga.close();
      await simulator.close();
      await database.close();
      await Promise.all([mysql.close(), amqp.close()]);
    },
  };
}
export type Surroundings = Awaited<ReturnType<typeof openSurroundings>>;
