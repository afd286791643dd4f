import { type ChildProcess, spawn } from 'node:child_process';
import { Agent, get } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { eventually } from '@shopstack/testkit/eventually';

const script = new URL('processes/service.ts', import.meta.url).pathname;
const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});

function start(environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [script], {
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      PORT: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    err += String(chunk);
  });
  const exited = new Promise<number | string | null>((resolve) =>
    child.on('close', (code, signal) => resolve(code ?? signal)),
  );
  return {
    child,
    exited,
    out: () => out,
    err: () => err,
    said: (text: string) => eventually(() => out.includes(text), 20_000),
    url: async () => `http://127.0.0.1:${await eventually(() => out.match(/port (\d+)/)?.[1], 20_000)}`,
    logged: (): Record<string, unknown>[] =>
      out
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line)),
  };
}
const statusOf = async (url: string) => (await fetch(url, { headers: { connection: 'close' } })).status;
/** A request on a connection that is kept alive afterwards, as another service’s would be. */
const keptAlive = (url: string) =>
  new Promise<{ status: number; body: string; agent: Agent }>((resolve, reject) => {
    const agent = new Agent({ keepAlive: true });
    get(url, { agent }, (res) => {
      let body = '';
      res.on('data', (chunk) => {
        body += String(chunk);
      });
      res.on('end', () => resolve({ status: res.statusCode ?? 0, body, agent }));
    }).on('error', reject);
  });

describe('a signal', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    '%s lets the request under way end, closes all and exits 0',
    async (signal) => {
      const service = start();
      const slow = keptAlive(`${await service.url()}/slow?ms=800`);
      await service.said('under way');
      const startedAt = Date.now();
      service.child.kill(signal);
      const { status, body, agent } = await slow;
      expect([status, body]).toEqual([200, '{"done":true}']);
      expect(await service.exited).toBe(0);
      agent.destroy();
      expect(Date.now() - startedAt).toBeLessThan(5000);
      expect(service.out().match(/closed \w+/g)).toEqual(['closed last', 'closed store']);
      expect(service.logged().map((it) => it.message)).toEqual(['started', 'stopping', 'request', 'stopped']);
    },
  );

  test('is told by readiness first, while requests are still served', async () => {
    const service = start({ DRAIN_SECONDS: '1' });
    const url = await service.url();
    expect(await statusOf(`${url}/health/ready`)).toBe(200);
    service.child.kill('SIGTERM');
    await eventually(async () => (await statusOf(`${url}/health/ready`)) === 503, 900, 20);
    expect(await statusOf(`${url}/health/live`)).toBe(200);
    expect(await statusOf(`${url}/slow?ms=1`)).toBe(200);
    expect(await service.exited).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  });

  test('that comes twice does not cut the stop short', async () => {
    const service = start();
    const slow = keptAlive(`${await service.url()}/slow?ms=800`);
    await service.said('under way');
    service.child.kill('SIGINT');
    service.child.kill('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 100));
    service.child.kill('SIGTERM');
    const { status, agent } = await slow;
    agent.destroy();
    expect([status, await service.exited]).toEqual([200, 0]);
  });

  test('ends a start that hangs', async () => {
    const service = start({ FAULT: 'never-starts' });
    await service.said('starting');
    service.child.kill('SIGTERM');
    expect(await service.exited).toBe(0);
    expect(service.out()).toContain('closed store');
  });

  test('ends within 20 s, whatever hangs, and the rest is closed', async () => {
    const service = start({ FAULT: 'hangs' });
    await service.url();
    const startedAt = Date.now();
    service.child.kill('SIGTERM');
    expect(await service.exited).toBe(0);
    expect(Date.now() - startedAt).toBeLessThan(20_500);
    expect(service.out().match(/closed \w+/g)).toEqual(['closed last', 'closed store']);
    expect(service.logged()).toContainEqual(expect.objectContaining({ part: 'hanging', outcome: 'late' }));
  }, 40_000);
});

describe('a start that fails', () => {
  test('says why in one line, without secrets, closes what was open and exits 1', async () => {
    const service = start({ FAULT: 'start' });
    expect(await service.exited).toBe(1);
    const lines = service.logged();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ level: 'fatal', message: 'could not start', service: 'slow' });
    expect(String(lines[0]?.reason)).toContain('refused us');
    expect(service.out() + service.err()).not.toContain('hunter2');
    expect(service.out()).toContain('closed store');
  });

  test('for its environment names every fault, no value, and opens nothing', async () => {
    const service = start({ FAULT: 'config', MYSQL_URL: 'hunter2', MIGRATE_ON_START: 'perhaps-hunter2' });
    expect(await service.exited).toBe(1);
    expect(service.err()).toMatch(
      /^slow: The environment is not complete:\n {2}MYSQL_URL: .+\n {2}MIGRATE_ON_START: .+\n$/,
    );
    expect(service.out()).toBe('');
    expect(service.err()).not.toContain('hunter2');
  });

  test('for its port says so', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const service = start({ PORT: String((taken.address() as AddressInfo).port) });
    expect(await service.exited).toBe(1);
    expect(String(service.logged()[0]?.reason)).toContain('EADDRINUSE');
    taken.close();
  });

  test('for the port of another service says so, although both would share it', async () => {
    const port = new URL(await start().url()).port;
    const service = start({ PORT: port });
    expect(await service.exited).toBe(1);
    expect(String(service.logged()[0]?.reason)).toContain('EADDRINUSE');
  });
});

test.each([
  ['rejection', 'unhandled rejection'],
  ['exception', 'uncaught exception'],
])('an unhandled %s is told and exits 1', async (fault, message) => {
  const service = start({ FAULT: fault });
  expect(await service.exited).toBe(1);
  expect(service.logged().at(-1)).toMatchObject({
    level: 'fatal',
    message,
    err: { message: 'nobody caught me', stack: expect.any(String) },
  });
});
