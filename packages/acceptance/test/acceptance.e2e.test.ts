import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';

const shopUrl = process.env.SHOP_URL ?? 'http://localhost:8080';

async function acceptance(...words: string[]) {
  const main = join(import.meta.dirname, '../src/main.ts');
  const child = spawn(process.execPath, ['--no-warnings', main, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [[code], out, errors] = await Promise.all([
    once(child, 'exit'),
    text(child.stdout),
    text(child.stderr),
  ]);
  return { code, out, errors };
}

test('a running shop passes, step by step', async () => {
  const { code, out, errors } = await acceptance('--url', shopUrl);
  expect(errors).toBe('');
  expect(out.match(/^✓/gm)).toHaveLength(10);
  expect(out).toMatch(/The purchase went well: order [0-9a-f-]{36}/);
  expect(code).toBe(0);
});

test('a card that is declined fails at the step that is not right', async () => {
  const { code, out, errors } = await acceptance('--url', shopUrl, '--token', 'sim_declined');
  expect(out).toContain('✓ the order is placed');
  expect(errors).toMatch(/✗ it is confirmed, step by step: the order ended rejected/);
  expect(code).toBe(1);
});

test('shoppers that come and buy all the time are counted', async () => {
  const { code, out, errors } = await acceptance('--url', shopUrl, '--rate', '2', '--for', '2s');
  expect({ errors, out }).toEqual({ errors: '', out: expect.stringMatching(/^\d{2,} requests, 0 failed, /) });
  expect(out).toMatch(/; 4 purchases, 0 broken\n$/);
  expect(code).toBe(0);
});

test('a shop that does not answer is told as such', async () => {
  const { code, out } = await acceptance('--url', 'http://127.0.0.1:9', '--rate', '2', '--for', '1s');
  expect(out).toMatch(/^2 requests, 2 failed, .*; 0 purchases, 2 broken\n +2 × .* GET \/api\/v1\/catalogue/);
  expect(code).toBe(1);
});

test('words that are not understood are answered with the right ones', async () => {
  const { code, errors } = await acceptance('--what');
  expect(errors).toMatch(/^npm run acceptance -- --url/);
  expect(code).toBe(2);
});
