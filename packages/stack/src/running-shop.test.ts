import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import { until } from './probes.ts';
import { isAlive } from './running-shop.ts';

test('a process that ended and whose parent never asked how has ended', async () => {
  const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = await once(parent.stdout, 'data');
  const child = Number(String(line));
  expect(isAlive(child)).toBe(true);
  process.kill(child, 'SIGKILL');
  expect(await until(async () => !isAlive(child), { withinMs: 5000, everyMs: 10 })).toBe(true);
  expect(process.kill(child, 0)).toBe(true);
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  expect(isAlive(parent.pid ?? 0)).toBe(false);
});
