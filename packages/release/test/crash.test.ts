import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Clone, openYard, repositoryOfCart, type Yard } from './yard.ts';

let yard: Yard;
let clone: Clone;
beforeEach(async () => {
  yard = await openYard();
  clone = yard.clone('one');
  clone.push('services/cart/src/main.ts', 'export const changed = 1;\n');
});
afterEach(() => yard.close());

/** Killed: the whole tool dies at once. Else the program fails, and the tool ends by itself. */
const crashes = [
  { words: 'npm run check', builds: 1 },
  { words: 'npm test', builds: 1 },
  { words: 'get-login-password', builds: 1 },
  { words: 'docker login', builds: 1 },
  { words: 'buildx build', builds: 2 },
  { words: 'buildx build', kill: true, builds: 2 },
  { words: 'buildx build', after: true, kill: true, builds: 1 },
  { words: 'describe-image-scan-findings', builds: 1 },
  { words: 'put-image', builds: 1 },
  { words: 'put-image', after: true, kill: true, builds: 1 },
];

test.each(crashes)(
  'broken off at "$words" (after it: $after, killed: $kill), a second run ends as if nothing had happened',
  async (crash) => {
    const { words, after = false, kill = false, builds } = crash;
    const before = yard.refs();
    yard.change({ faults: [{ words, after, kill }] });
    if (kill) expect(await clone.releaseAsProcess()).toBe('SIGKILL');
    else expect((await clone.release()).code).toBe(1);
    expect(yard.refs()).toBe(before);

    yard.change({ faults: [] });
    expect((await clone.release()).code).toBe(0);
    expectReleasedOnce();
    expect(yard.builds()).toBe(builds);
  },
);

test('killed as soon as the push was taken, a second run has nothing left to do', async () => {
  yard.hook('post-receive', `kill -9 "$(cat '${yard.folder}/tool.pid')"`);
  expect(await clone.releaseAsProcess()).toBe('SIGKILL');
  yard.unhook('post-receive');
  expectReleasedOnce();
  const { code, output } = await clone.release();
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('Nothing to release.') });
  expectReleasedOnce();
});

test('a push that was taken although the connection broke counts as done', async () => {
  yard.hook('post-receive', 'kill -9 "$PPID"');
  const { code, output } = await clone.release();
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('Released cart 1.0.1') });
  expectReleasedOnce();
});

test('a push that the remote refuses changes nothing, tells Slack, and is made good by the next run', async () => {
  const before = yard.refs();
  const local = clone.git('for-each-ref');
  yard.hook('pre-receive', 'echo "the branch is protected" >&2; exit 1');
  const { code, progress } = await clone.release();
  expect(code).toBe(1);
  expect(progress.trimEnd().split('\n').at(-1)).toMatch(/protected.*nothing was changed/);
  expect(yard.refs()).toBe(before);
  expect(clone.git('for-each-ref')).toBe(local);
  expect(clone.git('status', '--porcelain')).toBe('');
  expect(yard.slack.told.at(-1)).toMatch(/^:x: staging: .*protected/);

  yard.unhook('pre-receive');
  expect((await clone.release()).code).toBe(0);
  expectReleasedOnce();
  expect(yard.builds()).toBe(1);
});

function expectReleasedOnce(): void {
  expect(yard.tags().filter((tag) => tag.startsWith('cart/'))).toEqual(['cart/v1.0.0', 'cart/v1.0.1']);
  expect(yard.tagOf('k8s/staging', 'cart')).toBe('1.0.1');
  expect(yard.git('rev-list', '--count', 'main..k8s/staging')).toBe('2');
  const images = yard.world().images[repositoryOfCart] ?? {};
  const source = Object.entries(images).find(([tag]) => tag.startsWith('source-'));
  expect(images['1.0.1']).toBe(source?.[1]);
  expect(Object.keys(images)).toHaveLength(3);
}
