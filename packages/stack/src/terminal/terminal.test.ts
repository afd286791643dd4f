import { describe, expect, test } from '@jest/globals';
import type { PartStatus } from '../part.ts';
import { memoryOf } from '../process-memory.ts';
import { cut, seconds, uptime } from './amounts.ts';
import { prettyLogLine } from './log-line.ts';
import { openBlock } from './open-block.ts';
import { startLine, startTable } from './start-table.ts';
import { statusTable } from './status-table.ts';
import { plain } from './style.ts';

const ready: PartStatus = {
  name: 'redis',
  state: 'ready',
  port: 18_021,
  pid: 7,
  tookMs: 240,
  startedAt: 0,
  restarts: 0,
};
const starting: PartStatus = {
  name: 'mariadb',
  state: 'preparing',
  note: 'creating system tables',
  restarts: 0,
};

describe('the start', () => {
  const view = {
    since: new Map([['mariadb', 1000]]),
    now: 3500,
    startedAt: 0,
    frame: 3,
    columns: 80,
    paint: plain,
  };

  test('has one line per part with state, port and time', () => {
    const lines = startTable({ ...view, parts: [ready, starting] });
    expect(lines).toEqual([
      '  ShopStack  1 of 2 parts  3.5 s',
      '  ✔ redis       ready      :18021     0.2 s',
      '  ⠸ mariadb     preparing             2.5 s creating system tables',
    ]);
  });

  test('is never wider than the terminal', () => {
    const long = { ...starting, note: 'x'.repeat(300) };
    for (const line of startTable({ ...view, parts: [long] })) expect(line.length).toBeLessThan(80);
  });

  test('tells a log file only what is worth a line', () => {
    expect(startLine(ready)).toBe('redis ready in 0.2 s');
    expect(startLine(starting)).toBe('mariadb: creating system tables');
    expect(startLine({ ...ready, state: 'starting' })).toBeUndefined();
    expect(startLine({ ...ready, state: 'failed', note: 'ended with code 1' })).toBe(
      'redis failed (ended with code 1)',
    );
  });

  test('ends with the address, the accounts and what is missing', () => {
    const account = { email: 'admin@shop.example', password: 'amber-fern', name: 'A', roles: ['admin'] };
    const absent: PartStatus = { name: 'cart', state: 'absent', restarts: 0 };
    const text = openBlock({
      url: 'http://localhost:8080',
      accounts: [account],
      parts: [ready, absent],
      dataDir: '.shopstack',
      howToStop: 'npm stop ends it.',
      tookMs: 8000,
      paint: plain,
    });
    expect(text).toContain('The shop is open: http://localhost:8080');
    expect(text).toContain('admin@shop.example  amber-fern');
    expect(text).toContain('Not there: cart.');
    expect(text).not.toContain('Look inside');
  });
});

test('a shop that is observed says where', () => {
  const traces: PartStatus = { ...ready, name: 'traces', note: 'http://localhost:18016' };
  const shop = { url: '', accounts: [], dataDir: '', howToStop: '', tookMs: 0, paint: plain };
  expect(openBlock({ ...shop, parts: [traces] })).toMatch(/Look inside +http:\/\/localhost:18016\/ /);
});

test('the status says who is not well, and sums the memory', () => {
  const rows = [
    { ...ready, healthy: true, memoryBytes: 12 * 2 ** 20 },
    { ...ready, name: 'cart', restarts: 2, healthy: false, memoryBytes: 60 * 2 ** 20 },
  ];
  expect(statusTable(rows, 3_720_000, plain)).toEqual([
    '  PART   HEALTH          PORT  MEMORY  UPTIME     PID',
    '● redis  ok             18021   12 MB  1 h 2 min    7',
    '● cart   not answering  18021   60 MB  1 h 2 min    7  restarted 2 times',
    '',
    '72 MB of memory in all',
  ]);
});

test('the memory of a part is that of its process and all below', () => {
  const parents = new Map([
    [1, 0],
    [2, 1],
    [3, 2],
    [4, 9],
  ]);
  expect(memoryOf(1, parents, (pid) => 10 ** pid)).toBe(1110);
});

describe('a log line', () => {
  const line = (fields: object) =>
    prettyLogLine(
      JSON.stringify({ level: 'info', time: '2026-11-22T06:49:59.893Z', service: 'cart', ...fields }),
      plain,
    );

  test('is time, level, message and fields', () => {
    expect(line({ orderId: 'o1', status: 200, message: 'order placed' })).toBe(
      '06:49:59.893 INFO  order placed orderId=o1 status=200',
    );
  });

  test('shows the stack of an error below', () => {
    expect(line({ message: 'failed', err: { message: 'no', stack: 'Error: no\n  at x' } })).toContain(
      '\n    Error: no\n',
    );
  });

  test('that is not ours stays as it is, without colours', () => {
    expect(prettyLogLine('\u001b[31m[warn] x\u001b[0m', plain)).toBe('[warn] x');
    expect(prettyLogLine('{broken', plain)).toBe('{broken');
  });
});

test('amounts are short', () => {
  expect([seconds(340), seconds(125_000), uptime(4000), uptime(3 * 86_400_000 + 7_200_000)]).toEqual([
    '0.3 s',
    '2 min 5 s',
    '4 s',
    '3 d 2 h',
  ]);
  expect(cut('abcdef', 4)).toBe('abc…');
});
