import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { openTestAmqp, openTestMysql } from '@shopstack/testkit/stores';
import { startFakeServices } from './fake-services.ts';
import { startMailServer } from './mail-server.ts';
import { openParticipants } from './participants.ts';
import { until } from './shop.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const host = (url: string) => new URL(url).host;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A way to a server that can be cut and mended. */
async function openProxy(url: string) {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let cut = false;
  const server = createServer((from) => {
    if (cut) return void from.destroy();
    const to = connect(Number(target.port), target.hostname);
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const through = new URL(url);
  through.port = String((server.address() as AddressInfo).port);
  through.hostname = '127.0.0.1';
  return {
    url: through.href,
    cut: () => {
      cut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend: () => {
      cut = false;
    },
    close: () => server.close(),
  };
}

/** Everything a real process of the service needs around it, without the process. */
export async function openSurroundings() {
  const mysql = await openTestMysql();
  const amqp = await openTestAmqp();
  const proxy = await openProxy(mysql.url);
  const services = await startFakeServices();
  const mail = await startMailServer();
  const participants = await openParticipants(amqp.url);
  const running = new Set<ChildProcess>();
  const environment = {
    SHOP_ENV: 'test',
    BIND_ADDRESS: '127.0.0.1',
    PUBLIC_URL: 'http://shop.test',
    PUBLIC_PATH: '/api/v1/dispatch',
    USER_HOST: host(services.user.url),
    CART_HOST: host(services.cart.url),
    CATALOGUE_HOST: host(services.catalogue.url),
    SHIPPING_HOST: host(services.shipping.url),
    PAYMENT_HOST: host(services.payment.url),
    AMQP_URL: amqp.url,
    MYSQL_URL: proxy.url,
    MIGRATE_ON_START: 'true',
    FOLLOW_TOKEN_SECRET: 'a secret of at least thirty-two characters',
    SMTP_URL: mail.url,
    MAIL_FROM: 'shop@example.com',
    COMMAND_RESEND_MS: '500,1000',
    PAYMENT_RETRY_WINDOW_SECONDS: '4',
    LOG_LEVEL: 'warn',
  };
  return {
    services,
    participants,
    proxy,
    /** Past the proxy. */
    mysqlUrl: mysql.url,
    amqpUrl: amqp.url,
    start: async () => {
      const port = await freePort();
      const child = spawn(process.execPath, ['--no-warnings', main], {
        env: {
          PATH: process.env.PATH,
          NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
          ...environment,
          PORT: String(port),
        },
        stdio: ['ignore', process.env.TEST_LOG_LEVEL ? 'inherit' : 'ignore', 'inherit'],
      });
      running.add(child);
      const origin = `http://127.0.0.1:${port}`;
      await until(async () => {
        if ((await fetch(`${origin}/health/ready`)).status !== 200) throw new Error('not ready');
      }, 20_000);
      const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
        running.delete(child);
        if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
        child.kill(signal);
        await once(child, 'exit');
        return child.exitCode;
      };
      return { origin, end };
    },
    close: async () => {
      for (const child of running) child.kill('SIGKILL');
      await participants.close();
      await services.close();
      await mail.close();
      proxy.close();
      await mysql.close();
      await amqp.close();
    },
  };
}
export type Surroundings = Awaited<ReturnType<typeof openSurroundings>>;
