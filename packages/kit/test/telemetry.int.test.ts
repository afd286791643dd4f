import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { eventually } from '@shopstack/testkit/eventually';
import { spanKinds, startSpanReceiver } from '@shopstack/testkit/span-receiver';

const script = new URL('processes/service.ts', import.meta.url).pathname;
const preload = new URL('../src/telemetry.ts', import.meta.url).href;
const canary = 'c4n4ry';
const traceId = '0af7651916cd43dd8448eb211c80319c';
const parentId = 'b7ad6b7169203331';
let child: ChildProcess;
afterEach(() => {
  child.kill('SIGKILL');
});

async function start(endpoint: string) {
  const startedAt = performance.now();
  const environment = {
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_EXPORTER_OTLP_TIMEOUT: '500',
    OTEL_TRACES_SAMPLER_ARG: '1',
    OTEL_SERVICE_NAME: 'slow',
    PORT: '0',
  };
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  child = spawn(process.execPath, ['--no-warnings', `--import=${preload}`, script], {
    env: { PATH, NODE_COMPILE_CACHE, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout?.on('data', (chunk) => {
    out += String(chunk);
  });
  const port = await eventually(() => out.match(/port (\d+)/)?.[1], 20_000);
  const url = `http://127.0.0.1:${port}`;
  return {
    startMs: performance.now() - startedAt,
    ask: (path: string, headers: Record<string, string> = {}) => fetch(url + path, { headers }),
    lines: () =>
      out
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line): Record<string, unknown> => JSON.parse(line)),
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
const spansCounted = async (service: Awaited<ReturnType<typeof start>>): Promise<string> =>
  (await (await service.ask('/metrics')).text())
    .split('\n')
    .filter((it) => it.startsWith('shop_spans_total{'))
    .join('\n');

test('a request is a span of the trace it came with, without anything personal; a stop loses none', async () => {
  const receiver = await startSpanReceiver();
  const service = await start(receiver.url);
  const traceparent = `00-${traceId}-${parentId}-01`;
  const headers = {
    traceparent,
    authorization: `Bearer ${canary}`,
    cookie: `cart=${canary}`,
    'user-agent': canary,
  };
  await service.ask(`/slow?ms=1&token=${canary}`, headers);
  await service.ask(`/slow?ms=1`, headers);
  await service.ask(`/${canary}@example.test`, headers);
  for (const path of ['/health', '/health/live', '/metrics']) await service.ask(path, { traceparent });
  await service.ask('/slow?ms=1', { traceparent, 'x-instana-synthetic': '1' });
  await service.stop();
  await receiver.close();
  const requests = receiver.spans.filter(({ kind }) => kind === spanKinds.server);
  expect(requests.map(({ name }) => name)).toEqual(['GET /slow', 'GET /slow', 'GET']);
  for (const it of requests) expect(it).toMatchObject({ service: 'slow', traceId, parentSpanId: parentId });
  expect(receiver.spans.map(({ raw }) => raw).join('')).not.toContain(canary);
  const ids = new Set([parentId, ...receiver.spans.map(({ spanId }) => spanId)]);
  expect(receiver.spans.filter(({ parentSpanId = '' }) => !ids.has(parentSpanId))).toEqual([]);
  const told = service.lines().filter(({ message }) => message === 'request');
  expect(told.slice(0, 3).map((line) => line.traceId)).toEqual([traceId, traceId, traceId]);
  expect(told.slice(0, 3).map((line) => line.spanId)).toEqual(requests.map(({ spanId }) => spanId));
});

test.each(['refuses', 'hangs'])(
  'a collector that %s slows nothing, and what it did not take is counted',
  async (how) => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : 0;
    if (how === 'refuses') silent.close();
    const service = await start(`http://127.0.0.1:${port}`);
    await service.ask('/slow?ms=0');
    const startedAt = performance.now();
    for (let at = 0; at < 100; at++) expect((await service.ask('/slow?ms=0')).status).toBe(200);
    expect(performance.now() - startedAt).toBeLessThan(5000);
    await eventually(async () => /dropped-not-taken"\} [1-9]/.test(await spansCounted(service)), 20_000, 500);
    await service.stop();
    silent.close();
  },
  40_000,
);

test('without a collector nothing is traced', async () => {
  const service = await start('');
  await service.ask('/slow?ms=1', { traceparent: `00-${traceId}-${parentId}-01` });
  await service.stop();
  const [line] = service.lines().filter(({ message }) => message === 'request');
  expect(line).not.toHaveProperty('traceId');
});
