import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { armFailpoint, hasFired, isArmed } from '../src/planting/armament.ts';
import { plantedEnvironment } from '../src/planting/environment.ts';
import { sabotageNamed } from '../src/planting/sabotages.ts';

const program = join(import.meta.dirname, 'processes/one-request.ts');
const service = 'dispatch';
let failpointDir: string;

beforeAll(() => {
  failpointDir = mkdtempSync(join(tmpdir(), 'planting-'));
});
afterAll(() => rmSync(failpointDir, { recursive: true }));

interface Ended {
  lines: string[];
  errors: string;
  code: number | null;
  signal: string | null;
}

/** The same small program around the real `@shopstack/kit/replay`, with more or less planted into it. */
function run(env: Record<string, string>): Promise<Ended> {
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  return new Promise((resolve) => {
    child.on('close', (code, signal) =>
      resolve({ lines: output.split('\n').filter(Boolean), errors, code, signal }),
    );
  });
}

const clean = ['claimed my-key', 'worked', 'kept'];

test('an armed failpoint kills the process between two effects, once', async () => {
  const env = plantedEnvironment({ service, failpointDir });
  expect(await run(env)).toMatchObject({ lines: clean, code: 0 });

  armFailpoint(failpointDir, service, 'request-done-key-not-answered');
  const dead = await run(env);
  expect(dead).toMatchObject({ lines: ['claimed my-key', 'worked'], signal: 'SIGKILL' });
  expect(dead.errors).toContain('failpoint dispatch.request-done-key-not-answered reached');
  expect(isArmed(failpointDir, service, 'request-done-key-not-answered')).toBe(false);
  expect(hasFired(failpointDir, service, 'request-done-key-not-answered')).toBe(true);

  expect(await run(env)).toMatchObject({ lines: clean, code: 0 });
});

test('a sabotage changes what its service does, and nothing is left of it in a clean process', async () => {
  const sabotage = sabotageNamed('key-ignored');
  const cache = join(failpointDir, 'shared-cache');
  const planted = { ...plantedEnvironment({ service, failpointDir, sabotage }), NODE_COMPILE_CACHE: cache };
  const sabotaged = await run(planted);
  expect(sabotaged).toMatchObject({
    lines: [expect.stringMatching(/^claimed (?!my-key)/), 'worked', 'kept'],
  });
  expect(readdirSync(cache)).not.toEqual([]);

  expect(await run({ NODE_COMPILE_CACHE: cache })).toMatchObject({ lines: clean, code: 0 });
  expect((await run(planted)).lines).not.toContain('claimed my-key');
});

test('another service is not touched by the sabotage', async () => {
  const sabotage = sabotageNamed('key-ignored');
  const env = plantedEnvironment({ service: 'payment', failpointDir, sabotage });
  expect(await run(env)).toMatchObject({ lines: clean });
});

test('production refuses, with one line and before anything runs', async () => {
  armFailpoint(failpointDir, service, 'key-claimed-not-worked');
  const refused = await run({ ...plantedEnvironment({ service, failpointDir }), SHOP_ENV: 'production' });
  expect(refused).toMatchObject({ lines: [], code: 1 });
  expect(refused.errors).toBe('planting: failpoints and sabotages never run in production\n');
  expect(isArmed(failpointDir, service, 'key-claimed-not-worked')).toBe(true);
});

test('compiled code goes to a folder of its own', () => {
  expect(existsSync(join(failpointDir, 'compiled'))).toBe(true);
});
