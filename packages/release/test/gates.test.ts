import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openSlack } from '../src/doing/slack.ts';
import { type Clone, openYard, type Yard } from './yard.ts';

let yard: Yard;
let clone: Clone;
beforeEach(async () => {
  yard = await openYard();
  clone = yard.clone('one');
  clone.push('services/cart/src/main.ts', 'export const changed = 1;\n');
});
afterEach(() => yard.close());

const inspector = (fixAvailable: string) => ({
  imageScanStatus: { status: 'ACTIVE' },
  imageScanFindings: {
    enhancedFindings: [
      {
        severity: 'HIGH',
        fixAvailable,
        packageVulnerabilityDetails: {
          vulnerabilityId: 'CVE-2026-0001',
          vulnerablePackages: [{ name: 'openssl', version: '3.0.1', fixedInVersion: '3.0.2' }],
        },
      },
    ],
  },
});

test('a high finding with a fix stops the release before anything is named or deployed', async () => {
  const refs = yard.refs();
  yard.change({ scan: inspector('YES') });
  const stopped = await clone.release();
  expect(stopped).toMatchObject({
    code: 1,
    progress: expect.stringMatching(/CVE-2026-0001 in openssl 3\.0\.1 → 3\.0\.2 \(high, fix available\)/),
  });
  expect(yard.refs()).toBe(refs);
  expect(yard.calls('aws').filter(({ words }) => words[1] === 'put-image')).toEqual([]);
  expect(yard.slack.told.at(-1)).toMatch(/^:x: staging: .*CVE-2026-0001/);

  expect((await clone.release([], { SCAN_ALLOW: 'CVE-2026-0001' })).code).toBe(0);
  expect(yard.tagOf('k8s/staging', 'cart')).toBe('1.0.1');
});

test('a high finding without a fix is told and lets the release through', async () => {
  yard.change({ scan: inspector('NO') });
  const { code, progress } = await clone.release();
  expect(code).toBe(0);
  expect(progress).toContain('tolerated: CVE-2026-0001');
});

test('a scan that does not end, or cannot be made, stops the release', async () => {
  const refs = yard.refs();
  yard.change({ scan: { imageScanStatus: { status: 'IN_PROGRESS' } } });
  const slow = await clone.release([], { SCAN_TIMEOUT_SECONDS: '0' });
  expect(slow).toMatchObject({
    code: 1,
    progress: expect.stringMatching(/did not scan .*SCAN_TIMEOUT_SECONDS/),
  });
  yard.change({ scan: { imageScanStatus: { status: 'UNSUPPORTED_IMAGE' } } });
  const unable = await clone.release();
  expect(unable).toMatchObject({
    code: 1,
    progress: expect.stringMatching(/could not scan .*UNSUPPORTED_IMAGE/),
  });
  expect(yard.refs()).toBe(refs);
});

test('failing checks stop the release before a build', async () => {
  const refs = yard.refs();
  yard.change({ faults: [{ words: 'npm test' }] });
  const { code, progress } = await clone.release();
  expect(code).toBe(1);
  expect(progress).toMatch(
    /npm test -- --testPathPatterns services\/cart\/ packages\/contracts\/ packages\/kit\/ failed/,
  );
  expect(yard.refs()).toBe(refs);
  expect(yard.builds()).toBe(0);
});

test('a release that is stopped ends what it runs, changes nothing and says so', async () => {
  const refs = yard.refs();
  const stopping = new AbortController();
  const running = clone.release([], { CHECK_COMMAND: 'sleep 50' }, stopping.signal);
  while (yard.slack.told.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  stopping.abort();
  const { code, progress } = await running;
  expect({ code, progress }).toEqual({
    code: 130,
    progress: expect.stringMatching(/\nStopped\. .*run again/),
  });
  expect(yard.refs()).toBe(refs);
  expect(yard.slack.told.at(-1)).toMatch(/^:x: staging: /);
});

test('Slack out of order never stops a release', async () => {
  yard.slack.answerWith(404, 404);
  const { code, progress } = await clone.release();
  expect(code).toBe(0);
  expect(progress).toContain('Slack was not told (status 404)');
  expect(yard.tagOf('k8s/staging', 'cart')).toBe('1.0.1');
});

test('Slack is told again after an error or silence, and a few times only', async () => {
  const said: string[] = [];
  const tell = openSlack({ url: yard.slack.url, say: (line) => said.push(line), timeoutMs: 200, pauseMs: 1 });
  yard.slack.answerWith(500, 0);
  await tell('third time');
  expect(yard.slack.told).toEqual(['third time']);
  yard.slack.answerWith(500, 500, 500);
  await tell('never');
  expect(yard.slack.told).toEqual(['third time']);
  expect(said).toEqual(['Slack was not told (status 500); the release goes on']);
});
