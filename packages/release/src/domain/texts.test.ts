import { expect, test } from '@jest/globals';
import { table } from '../table.ts';
import { buildLink, commitLink } from './links.ts';
import { listed, slackText } from './messages.ts';
import { redactorFor } from './secrets.ts';

test.each([
  ['https://github.com/shop/stack.git', 'https://github.com/shop/stack/commit/abc'],
  ['https://x-access-token:ghs_secret@github.com/shop/stack', 'https://github.com/shop/stack/commit/abc'],
  ['git@github.com:shop/stack.git', 'https://github.com/shop/stack/commit/abc'],
  ['ssh://git@github.com:22/shop/stack.git', 'https://github.com/shop/stack/commit/abc'],
  ['../remote.git', undefined],
  ['file:///srv/remote.git', undefined],
])('a commit of %s is at %s', (remote, link) => {
  expect(commitLink(remote, 'abc')).toBe(link);
});

test('a build of CodeBuild has a page', () => {
  const facts = {
    buildUrl: undefined,
    buildId: 'shop:11-22',
    accountId: '123456789012',
    region: 'eu-west-1',
  };
  expect(buildLink(facts)).toBe(
    'https://eu-west-1.console.aws.amazon.com/codesuite/codebuild/123456789012/projects/shop/build/shop%3A11-22/',
  );
  expect(buildLink({ ...facts, buildId: undefined })).toBeUndefined();
  expect(buildLink({ ...facts, buildUrl: 'https://ci.test/1' })).toBe('https://ci.test/1');
});

test('words cannot break out of Slack’s markup', () => {
  expect(slackText(':x:', 'a <b|c> & d', { build: 'https://ci.test/1' })).toBe(
    ':x: a &lt;b|c&gt; &amp; d · <https://ci.test/1|build>',
  );
});

test('secrets do not appear in what is printed', () => {
  const redact = redactorFor({
    SLACK_WEBHOOK_URL: 'https://slack.test/abc',
    GITHUB_TOKEN: 'ghs_123456',
    PROJECT: 'shopstack',
  });
  expect(redact('shopstack https://slack.test/abc ghs_123456 https://me:pw@git.test/x')).toBe(
    'shopstack *** *** https://***@git.test/x',
  );
  expect(redact('see https://hooks.slack.com/services/T/B/x now')).toBe('see *** now');
});

test('lists read like a sentence, tables line up', () => {
  const versions = ['cart', 'user', 'web'].map((service) => ({ service, version: '1.0.0' }));
  expect(listed(versions)).toBe('cart 1.0.0, user 1.0.0 and web 1.0.0');
  expect(table(['a', 'long'], [['wide', 'x']])).toBe('a     long\n────  ────\nwide  x');
});
