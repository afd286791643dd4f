import { execFileSync } from 'node:child_process';
import { mkdtempSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { type Clone, openYard, slackPath, type Yard } from './yard.ts';

let yard: Yard;
let clone: Clone;
let refs: string;
beforeAll(async () => {
  yard = await openYard();
  clone = yard.clone('one');
  clone.push('services/cart/src/main.ts', 'export const changed = 1;\n');
  refs = yard.refs();
});
afterAll(() => yard.close());
afterEach(() => {
  expect(yard.refs()).toBe(refs);
  expect(yard.builds()).toBe(0);
  yard.change({ faults: [], scan: { imageScanStatus: { status: 'COMPLETE' } } });
});

/** Progress has a time in front; what is left is what the tool says at its end. */
async function refuses(
  words: string[],
  line: RegExp,
  more: NodeJS.ProcessEnv = {},
  from = clone,
): Promise<void> {
  const { code, progress } = await from.release(words, more);
  const lines = progress.split('\n').filter((text) => text !== '' && !/^ +[\d.]* +(s|\|) /.test(text));
  expect({ code: code > 0, lines }).toEqual({ code: true, lines: [expect.stringMatching(line)] });
}

test.each([
  ['an unknown service', ['basket'], /^there is no service basket: there are cart, user, web$/],
  ['an unknown service to roll back', ['rollback', 'basket', '1.0.0'], /^there is no service basket/],
  ['an unknown flag', ['--fast'], /^--fast is not understood/],
  ['an unknown environment', ['--environment', 'production'], /^there is no environment production/],
  ['half a rollback', ['rollback', 'cart'], /^rollback takes a service and a version/],
  ['a version that is none', ['rollback', 'cart', 'latest'], /^latest is not a version like 1\.0\.4$/],
  ['words that status does not take', ['status', 'cart'], /^status takes no cart/],
  ['an approval of something else', ['release', '--approved-by', 'me'], /^--approved-by belongs to promote/],
])('%s', (_name, words, line) => refuses(words, line));

test.each([
  ['no account', { AWS_ACCOUNT_ID: '' }, /^AWS_ACCOUNT_ID not set/],
  [
    'no account and no region',
    { AWS_ACCOUNT_ID: '', AWS_REGION: '' },
    /^AWS_ACCOUNT_ID and AWS_REGION not set/,
  ],
  [
    'a branch that is no environment',
    { TARGET_BRANCH: 'main' },
    /^TARGET_BRANCH must be k8s\/staging or k8s\/preprod/,
  ],
  ['a TAG that is no version', { TAG: 'latest' }, /^TAG must be a version like 1\.0\.0/],
  [
    'another account',
    { AWS_ACCOUNT_ID: '999999999999' },
    /^signed in to AWS account 123456789012, but AWS_ACCOUNT_ID/,
  ],
  ['a remote that is not there', { GIT_REMOTE: 'upstream' }, /^the git remote upstream cannot be read/],
])('%s', (_name, environment, line) => refuses([], line, environment));

test('an address of Slack that is none is not printed', async () => {
  const result = await clone.release([], { SLACK_WEBHOOK_URL: 'verysecret-but-no-address' });
  expect(result).toMatchObject({
    code: 1,
    progress: expect.stringMatching(/^SLACK_WEBHOOK_URL must be an http or https address/),
  });
  expect(result.progress).not.toContain('verysecret');
});

test('no credentials', async () => {
  yard.change({ faults: [{ words: 'sts', stderr: 'Unable to locate credentials.' }] });
  await refuses([], /^AWS gives no access \(Unable to locate credentials\.\): run aws sso login/);
});

test('no AWS CLI', async () => {
  const bin = mkdtempSync(join(yard.folder, 'only-git-'));
  symlinkSync(
    execFileSync('/bin/sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim(),
    join(bin, 'git'),
  );
  await refuses([], /^aws is not on the PATH: install the AWS CLI/, { PATH: bin });
});

test('a dirty tree, for a dry run too', async () => {
  const dirty = yard.clone('dirty');
  dirty.write('services/cart/src/new.ts', 'export {};\n');
  await refuses([], /^services\/cart\/src\/new\.ts not committed/, {}, dirty);
  await refuses(['--dry-run'], /^services\/cart\/src\/new\.ts not committed/, {}, dirty);
});

test('a commit that the environment does not have', async () => {
  const ahead = yard.clone('ahead');
  ahead.write('services/cart/src/new.ts', 'export {};\n');
  ahead.git('add', '.');
  ahead.git('commit', '--quiet', '-m', 'not pushed');
  await refuses([], /^[0-9a-f]{7} is not on k8s\/staging: merge it there and push/, {}, ahead);
});

test('a shallow clone', async () => {
  const shallow = yard.clone('shallow');
  shallow.git('fetch', '--quiet', '--depth=1', `file://${yard.remote}`);
  await refuses([], /^this clone is shallow/, {}, shallow);
});

test('a service that has no tag', async () => {
  const other = await openYard();
  try {
    const { root: _root, ...from } = other.clone('one');
    other.git('tag', '--delete', 'user/v1.0.0');
    const { code, progress } = await from.release();
    expect({ code, progress }).toEqual({
      code: 1,
      progress: expect.stringMatching(/\nno tag user\/vX\.Y\.Z before this commit: .*TAG=1\.0\.0\n$/),
    });
    expect(other.calls()).toEqual([]);
    expect((await from.release(['--dry-run'], { TAG: '1.0.0' })).output).toMatch(
      /user .* 1\.0\.0 +first release/,
    );
  } finally {
    await other.close();
  }
});

test('what fails in CodeBuild before it began is told, with no secret in it', async () => {
  await refuses(['basket'], /^there is no service basket/, { CODEBUILD_BUILD_ID: 'shopstack:1' });
  expect(yard.slack.told).toEqual([expect.stringMatching(/^:x: staging: there is no service basket/)]);
  expect(yard.slack.told.join()).not.toContain(slackPath);
});

test('--help says what there is', async () => {
  const { code, output } = await clone.release(['--help']);
  expect(code).toBe(0);
  for (const word of ['rollback', 'promote', 'status', 'login', '--dry-run', '--approved-by'])
    expect(output).toContain(word);
});
