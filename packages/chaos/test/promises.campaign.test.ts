import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { runCampaign } from '../src/campaign/campaign.ts';

const seed = Number(process.env.CHAOS_SEED ?? 7);
const root = mkdtempSync(join(tmpdir(), 'chaos-test-'));
let isGood = false;
afterAll(() => {
  if (isGood) rmSync(root, { recursive: true, force: true });
  else process.stderr.write(`History and logs of the campaign: ${root}\n`);
});

test(`100 orders and 12 faults break no promise (CHAOS_SEED=${seed})`, async () => {
  process.stderr.write(`CHAOS_SEED=${seed}: npm run chaos -- --orders 100 --faults 12 --seed ${seed}\n`);
  const { findings, count, plan } = await runCampaign({
    orders: 100,
    faults: 12,
    seed,
    folder: root,
    output: process.stderr,
  });
  expect(findings.flatMap(({ violations }) => violations)).toEqual([]);
  expect(count.now().faultsDone).toBe(plan.faults.length);
  expect(count.now().placed).toBeGreaterThan(50);
  isGood = true;
}, 400_000);
