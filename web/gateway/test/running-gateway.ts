import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { renderTemplate } from '@shopstack/stack/template';

export const services = ['user', 'catalogue', 'cart', 'payment', 'shipping', 'ratings', 'dispatch'] as const;
const template = readFileSync(new URL('../nginx.conf.template', import.meta.url), 'utf8');

export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
}

function portOf(server: net.Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

const running = new Set<ChildProcess>();

/** Ends also what a failed test has left behind. */
export async function closeGateways(): Promise<void> {
  await Promise.all([...running].map(endNginx));
}

async function endNginx(nginx: ChildProcess) {
  running.delete(nginx);
  if (nginx.exitCode !== null || nginx.signalCode !== null) return;
  const exited = once(nginx, 'exit');
  nginx.kill('SIGTERM');
  await exited;
}

/** nginx with the template's own file on a free port; all services point nowhere unless `more` says otherwise. */
export async function startGateway(more: Record<string, string> = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'gateway-'));
  const port = await freePort();
  const nowhere = await freePort();
  mkdirSync(join(dir, 'tmp'));
  writePages(join(dir, 'pages'));
  const hosts = services.map((name) => [`${name.toUpperCase()}_HOST`, `127.0.0.1:${nowhere}`]);
  const config = renderTemplate(template, {
    ...Object.fromEntries(hosts),
    GATEWAY_LISTEN: `127.0.0.1:${port}`,
    GATEWAY_USER_LINE: process.getuid?.() === 0 ? 'user root;' : '',
    GATEWAY_PID: join(dir, 'nginx.pid'),
    GATEWAY_TMP: join(dir, 'tmp'),
    GATEWAY_ACCESS_LOG: `${join(dir, 'access.log')} gateway`,
    GATEWAY_RESOLVER_LINE: '',
    GATEWAY_STATIC: '',
    GATEWAY_REAL_IP_FROM: '192.0.2.1/32',
    GATEWAY_FRAME_SOURCES: "'none'",
    GATEWAY_RATE_GENERAL: '2000r/s',
    GATEWAY_BURST_GENERAL: '4000',
    ...Object.fromEntries(['SIGN_IN', 'REGISTER', 'CHECKOUT'].flatMap(highRates)),
    SPA_ROOT: join(dir, 'pages'),
    ...more,
  });
  writeFileSync(join(dir, 'nginx.conf'), config);
  const args = ['-e', 'stderr', '-p', dir, '-c', join(dir, 'nginx.conf'), '-g', 'daemon off;'];
  const nginx = spawn('nginx', args, { stdio: ['ignore', 'ignore', openSync(join(dir, 'error.log'), 'a')] });
  running.add(nginx);
  await untilAnswers(port, nginx).catch((error: unknown) => {
    throw new Error(readFileSync(join(dir, 'error.log'), 'utf8'), { cause: error });
  });
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    accessLog: () => readFileSync(join(dir, 'access.log'), 'utf8'),
    async close() {
      await endNginx(nginx);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

const highRates = (name: string) => [
  [`GATEWAY_RATE_${name}`, '500r/s'],
  [`GATEWAY_BURST_${name}`, '1000'],
];

function writePages(root: string) {
  mkdirSync(join(root, 'assets'), { recursive: true });
  const script = `console.log("${'x'.repeat(4000)}");`;
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>the pages</title>');
  writeFileSync(join(root, 'robots.txt'), 'User-agent: *\n');
  writeFileSync(join(root, 'sitemap.xml'), '<urlset/>');
  writeFileSync(join(root, 'assets', 'app-1a2b3c.js'), script);
  writeFileSync(join(root, 'assets', 'app-1a2b3c.js.gz'), gzipSync(`${script}// pressed beforehand`));
}

async function untilAnswers(port: number, nginx: ChildProcess) {
  for (let tries = 0; tries < 100; tries++) {
    if (nginx.exitCode !== null) throw new Error('nginx did not start');
    const up = await fetch(`http://127.0.0.1:${port}/health`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (up) return;
    await sleep(50);
  }
  throw new Error('nginx does not answer');
}

export interface Seen {
  method: string;
  url: string;
  headers: http.IncomingHttpHeaders;
  bytes: number;
  socket: number;
}

/** A service that tells what it received; `onRequest` may answer in its own way. */
export async function startService(
  name: string,
  onRequest?: (req: http.IncomingMessage, res: http.ServerResponse) => boolean,
) {
  const seen: Seen[] = [];
  const respond = async (req: http.IncomingMessage, res: http.ServerResponse) => {
    let bytes = 0;
    for await (const chunk of req) bytes += chunk.length;
    const one = { method: req.method ?? '', url: req.url ?? '', headers: req.headers, bytes };
    seen.push({ ...one, socket: req.socket.remotePort ?? 0 });
    if (onRequest?.(req, res)) return;
    res.setHeader('content-type', 'application/json');
    res.end(JSON.stringify({ service: name, ...one }));
  };
  const server = http.createServer((req, res) => void respond(req, res));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    seen,
    host: `127.0.0.1:${portOf(server)}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Sends the bytes as they are and reads until the gateway closes or `waitMs` have passed. */
export async function sendRaw(port: number, text: string, waitMs = 2000): Promise<string> {
  const socket = net.connect(port, '127.0.0.1');
  let received = '';
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1');
  });
  socket.on('error', () => undefined);
  socket.write(text, 'latin1');
  await Promise.race([once(socket, 'close'), sleep(waitMs)]);
  socket.destroy();
  return received;
}
