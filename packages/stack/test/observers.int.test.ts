import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { missingServers, observers } from '../../../scripts/bootstrap/servers.mjs';
import { freePortBase } from '../src/free-ports.ts';
import { observerParts } from '../src/parts/observers.ts';
import { createSurroundings } from '../src/shop.ts';
import { createSupervisor, type Supervisor } from '../src/supervisor.ts';

const missing = missingServers(observers, process.env).map(({ name }) => name);
const observed = missing.length === 0 ? test : test.skip;
if (missing.length > 0) console.log(`not tried: ${missing.join(' and ')} is not here`);

const dataDir = mkdtempSync(join(tmpdir(), 'shop-observers-'));
let supervisor: Supervisor | undefined;
let at: ReturnType<typeof createSurroundings>;
beforeAll(async () => {
  if (missing.length > 0) return;
  at = createSurroundings({ dataDir, portBase: await freePortBase(), gatewayPort: 1, observe: true });
  const env = { ALERTS_SLACK_URL: 'http://127.0.0.1:9/secret-of-slack' };
  supervisor = createSupervisor(observerParts(at, env), { layout: at.layout });
  await supervisor.start();
});
afterAll(async () => {
  await supervisor?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const ask = async (part: 'prometheus' | 'alertmanager' | 'traces', path: string) => {
  const reply = await fetch(`http://127.0.0.1:${at.ports(part)}${path}`);
  expect(reply.status).toBe(200);
  return reply.text();
};

observed('Prometheus has read every rule, knows every service and whom to tell', async () => {
  const { data: rules } = JSON.parse(await ask('prometheus', '/api/v1/rules'));
  expect(rules.groups.length).toBeGreaterThan(0);
  const { data: read } = JSON.parse(await ask('prometheus', '/api/v1/status/config'));
  expect(read.yaml.match(/^- job_name: .*$/gm)).toHaveLength(7);
  expect(read.yaml).toContain(`127.0.0.1:${at.ports('alertmanager')}`);
});

observed('Alertmanager writes to Slack, whose address only a file of ours holds', async () => {
  const { config } = JSON.parse(await ask('alertmanager', '/api/v2/status'));
  expect(config.original).toContain(`api_url_file: ${join(dataDir, 'alertmanager/slack-url')}`);
  expect(config.original).not.toContain('secret-of-slack');
});

observed('the trace view is open', async () => {
  expect(await ask('traces', '/')).toContain('No trace has arrived yet');
});
