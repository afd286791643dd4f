import { expect, test } from '@jest/globals';
import { readCommand } from './command-line.ts';
import { readSettings, registryOf, repositoryName } from './settings.ts';

test('the customer’s variables name registry, repository and branch', () => {
  const settings = readSettings({
    REPO: 'shopstack',
    PROJECT: 'shopstack',
    AWS_ACCOUNT_ID: '123456789012',
    AWS_REGION: 'eu-west-1',
    TARGET_BRANCH: 'k8s/preprod',
  });
  expect(registryOf(settings).host).toBe('123456789012.dkr.ecr.eu-west-1.amazonaws.com');
  expect(repositoryName(settings, 'cart')).toBe('shopstack/shopstack-cart');
  expect(settings.environment).toBe('preprod');
  expect(settings.floor).toBeUndefined();
});

test('without TARGET_BRANCH the branch that CodeBuild was started for counts', () => {
  expect(readSettings({}).environment).toBe('staging');
  const pushed = { CODEBUILD_WEBHOOK_HEAD_REF: 'refs/heads/k8s/preprod' };
  expect(readSettings(pushed).environment).toBe('preprod');
  expect(readSettings({ ...pushed, TARGET_BRANCH: 'k8s/staging' }).environment).toBe('staging');
  expect(() => readSettings({ CODEBUILD_WEBHOOK_HEAD_REF: 'refs/heads/main' })).toThrow(
    /TARGET_BRANCH must be/,
  );
});

test('each environment can have a Slack channel of its own', () => {
  const [all, own] = ['https://slack.test/all', 'https://slack.test/own'];
  const { slack } = readSettings({ SLACK_WEBHOOK_URL: all, SLACK_WEBHOOK_URL_PREPROD: own });
  expect(slack).toEqual({ staging: all, preprod: own });
});

test('all faults are named at once, and no value of a variable', () => {
  const secret = 'not-an-address-but-a-secret';
  const read = () => readSettings({ AWS_ACCOUNT_ID: '12', SLACK_WEBHOOK_URL: secret, TAG: 'v1' });
  expect(read).toThrow(/TAG .*AWS_ACCOUNT_ID .*SLACK_WEBHOOK_URL/);
  expect(read).not.toThrow(secret);
});

test('release is the command when none is named', () => {
  expect(readCommand([])).toMatchObject({ kind: 'release', services: [], dryRun: false });
  expect(readCommand(['cart', 'user', 'cart', '--dry-run'])).toMatchObject({
    kind: 'release',
    services: ['cart', 'user'],
    dryRun: true,
  });
  expect(readCommand(['rollback', 'cart', 'v1.0.4', '-e', 'k8s/preprod'])).toEqual({
    kind: 'rollback',
    service: 'cart',
    version: '1.0.4',
    environment: 'preprod',
    dryRun: false,
  });
});
