import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type SimulatorsOptions, startSimulators } from '../src/simulators.ts';

export const keys = {
  card: 'card-key-1',
  webhook: 'webhook-secret-1',
  carrier: 'carrier-key-1',
  token: 'carrier-token-1',
};
export const mpesa = {
  consumerKey: 'consumer-key-1',
  consumerSecret: 'consumer-secret-1',
  shortCode: '174379',
  passkey: 'passkey-1',
  currency: 'EUR',
  paceMs: 50,
  lateMs: 300,
};

export const newFolder = () => mkdtempSync(join(tmpdir(), 'simulators-'));

export function optionsFor(folder: string, receiver: string, paceMs = 50): SimulatorsOptions {
  return {
    dataDir: join(folder, 'data'),
    mailDir: join(folder, 'mail'),
    bindAddress: '127.0.0.1',
    ports: { card: 0, mpesa: 0, carrier: 0, smtp: 0, control: 0 },
    card: { key: keys.card, webhookUrl: `${receiver}/webhooks/simulator`, webhookSecret: keys.webhook },
    mpesa,
    carrier: { key: keys.carrier, callbackUrl: `${receiver}/shipments`, token: keys.token, paceMs },
  };
}

export interface Received {
  path: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** Takes what the simulators report; `status` decides the answer to each. */
export async function startReceiver(port = 0, status: (it: Received) => number = () => 200) {
  const received: Received[] = [];
  const receive = async (req: http.IncomingMessage, res: http.ServerResponse) => {
    let body = '';
    for await (const chunk of req) body += String(chunk);
    const one = { path: req.url ?? '', headers: req.headers, body };
    received.push(one);
    res.writeHead(status(one)).end();
  };
  const server = http.createServer((req, res) => void receive(req, res));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const bound = portOf(server);
  return {
    received,
    port: bound,
    url: `http://127.0.0.1:${bound}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function portOf(server: net.Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
}

export async function until<T>(
  look: () => T | undefined | Promise<T | undefined>,
  waitMs = 8_000,
): Promise<T> {
  const end = Date.now() + waitMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error('it did not happen in time');
    await sleep(20);
  }
}

/** What any of the answers may hold. */
interface Item {
  id: string;
  kind: string;
  paymentId: string;
  sequence: number;
  amountMinor: number;
  reference: string;
  subject: string;
}
interface Body {
  id: string;
  code: string;
  status: string;
  state: string;
  trackingCode: string;
  refundedMinor: number;
  items: Item[];
  next: number | null;
}
interface Reply {
  status: number;
  headers: Headers;
  text: string;
  body: Body;
}

/** Speaks JSON to one of the ports. */
export function caller(port: number, bearer?: string) {
  return async (
    method: string,
    path: string,
    more: { body?: unknown; key?: string; timeoutMs?: number } = {},
  ) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: {
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        ...(more.key === undefined ? {} : { 'idempotency-key': more.key }),
        ...(more.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(more.body === undefined ? {} : { body: JSON.stringify(more.body) }),
      signal: AbortSignal.timeout(more.timeoutMs ?? 5_000),
    });
    const text = await answer.text();
    const isJson = /json/.test(answer.headers.get('content-type') ?? '');
    const body: Body = JSON.parse(isJson ? text : '{}');
    const reply: Reply = { status: answer.status, headers: answer.headers, text, body };
    return reply;
  };
}

export async function startWith(options: SimulatorsOptions) {
  const simulators = await startSimulators(options);
  return {
    ...simulators,
    card: caller(simulators.ports.card, keys.card),
    carrier: caller(simulators.ports.carrier, keys.carrier),
    control: caller(simulators.ports.control),
  };
}

/** The real process, so that it can be killed. */
export async function startProcess(options: SimulatorsOptions, more: Record<string, string> = {}) {
  const ports = {
    card: await freePort(),
    mpesa: await freePort(),
    carrier: await freePort(),
    smtp: await freePort(),
    control: await freePort(),
  };
  const child = spawn(process.execPath, [new URL('../src/main.ts', import.meta.url).pathname], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      SHOP_ENV: 'test',
      SIMULATORS_DATA_DIR: options.dataDir,
      MAIL_DIR: options.mailDir,
      CARD_PORT: String(ports.card),
      MPESA_PORT: String(ports.mpesa),
      CARRIER_PORT: String(ports.carrier),
      SMTP_PORT: String(ports.smtp),
      CONTROL_PORT: String(ports.control),
      CARD_KEY: options.card.key,
      CARD_WEBHOOK_URL: options.card.webhookUrl,
      CARD_WEBHOOK_SECRET: options.card.webhookSecret,
      MPESA_CONSUMER_KEY: mpesa.consumerKey,
      MPESA_CONSUMER_SECRET: mpesa.consumerSecret,
      MPESA_SHORT_CODE: mpesa.shortCode,
      MPESA_PASSKEY: mpesa.passkey,
      CARRIER_KEY: options.carrier.key,
      CARRIER_CALLBACK_URL: options.carrier.callbackUrl,
      CARRIER_TOKEN: options.carrier.token,
      CARRIER_PACE_MS: String(options.carrier.paceMs),
      ...more,
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += String(chunk);
    });
  return {
    child,
    ports,
    output: () => output,
    ready: () => until(() => (output.includes('are ready') ? true : undefined)),
  };
}

export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
  return child.exitCode;
}
