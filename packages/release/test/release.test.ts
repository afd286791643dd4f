import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Clone, cartValues, openYard, repositoryOfCart, slackPath, type Yard } from './yard.ts';

let yard: Yard;
let clone: Clone;
beforeEach(async () => {
  yard = await openYard();
  clone = yard.clone('one');
});
afterEach(() => yard.close());

test('a changed service is checked, built, scanned, versioned, deployed and told about', async () => {
  clone.push('services/cart/src/main.ts', 'export const changed = 1;\n');
  const source = clone.git('rev-parse', 'HEAD');
  const { code, output, progress } = await clone.release([], { CODEBUILD_BUILD_ID: 'shopstack:0815' });

  expect({ code, progress }).toEqual({ code: 0, progress: expect.any(String) });
  expect(output).toMatch(/cart +1\.0\.0 +1\.0\.0 +1\.0\.1 +services\/cart \(1 file\)/);
  expect(output).toMatch(/user +1\.0\.0 +1\.0\.0 +– +unchanged/);
  expect(yard.tags()).toContain('cart/v1.0.1');
  expect(yard.show('cart/v1.0.1^{commit}', 'services/cart/src/main.ts')).toContain('changed');
  expect(clone.git('ls-remote', 'origin', 'refs/tags/cart/v1.0.1^{}')).toContain(source);
  expect(yard.show('k8s/staging', 'helm/cart/values.yaml')).toBe(
    cartValues.replace('tag: 1.0.0', 'tag: 1.0.1').trim(),
  );
  expect(yard.tagOf('k8s/staging', 'user')).toBe('1.0.0');
  expect(yard.tagOf('k8s/preprod', 'cart')).toBe('1.0.0');
  expect(yard.message('k8s/staging')).toContain(`chore(release): cart 1.0.1 on staging`);

  const calls = yard.calls().map(({ program, words }) => `${program} ${words.slice(0, 2).join(' ')}`);
  expect(calls.slice(0, 3)).toEqual(['aws sts get-caller-identity', 'npm run check', 'npm test --']);
  const login = yard.calls('docker').find(({ words }) => words[0] === 'login');
  expect(login).toMatchObject({ input: 'the-ecr-password' });
  const build = yard
    .calls('docker')
    .find(({ words }) => words[1] === 'build')
    ?.words.join(' ');
  expect(build).toContain('--platform linux/amd64,linux/arm64 --file services/cart/Dockerfile');
  expect(build).toContain(`org.opencontainers.image.revision=${source}`);
  expect(build).toContain(`--build-arg VERSION=1.0.1 --build-arg REVISION=${source}`);
  expect(build).toContain('--sbom=true --provenance=mode=max --push');
  const scanned = yard.calls('aws').filter(({ words }) => words[1] === 'describe-image-scan-findings');
  expect(scanned.map(({ words }) => /-(amd64|arm64|sbom)/.exec(words.join(' '))?.[1])).toEqual([
    'amd64',
    'arm64',
  ]);

  expect(yard.slack.told).toEqual([
    expect.stringMatching(
      /^:rocket: Releasing cart 1\.0\.1 to staging · <https:\/\/eu-west-1.console.*0815\/\|build>$/,
    ),
    expect.stringMatching(/^:white_check_mark: Released cart 1\.0\.1 to staging/),
  ]);
  expect(output + progress).not.toMatch(new RegExp(`${slackPath}|the-ecr-password`));
});

test('a changed shared package releases every service that needs it, directly or not', async () => {
  clone.push('packages/contracts/src/money.ts', 'export const cents = 100;\n');
  expect((await clone.release()).code).toBe(0);
  expect(yard.tags()).toEqual(expect.arrayContaining(['cart/v1.0.1', 'user/v1.0.1', 'web/v1.0.1']));
  expect(yard.builds()).toBe(3);

  clone.git('pull', '--quiet');
  clone.push('packages/kit/src/kit.ts', 'export const kit = 1;\n');
  expect((await clone.release()).code).toBe(0);
  expect(yard.tags()).toEqual(expect.arrayContaining(['cart/v1.0.2', 'user/v1.0.2']));
  expect(yard.tags()).not.toContain('web/v1.0.2');
});

test('the lock file counts for all; tests, documents and packages for tests count for none', async () => {
  clone.push('services/cart/README.md', 'words\n');
  clone.push('services/cart/test/cart.test.ts', 'words\n');
  clone.push('packages/testkit/src/testkit.ts', 'words\n');
  expect((await clone.release()).output).toContain('Nothing to release.');
  clone.push('package-lock.json', '{"new":1}');
  expect((await clone.release(['--dry-run'])).output.match(/package-lock\.json/g)).toHaveLength(3);
});

test('only the named service is released, and the repository is written when asked for', async () => {
  clone.push('packages/kit/src/kit.ts', 'export const kit = 1;\n');
  expect((await clone.release(['cart'], { SET_REPOSITORY: 'true', TAG: '2.0.0' })).code).toBe(0);
  expect(yard.tags()).toContain('cart/v2.0.0');
  expect(yard.tagOf('k8s/staging', 'user')).toBe('1.0.0');
  expect(yard.show('k8s/staging', 'helm/cart/values.yaml')).toContain(
    `repository: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/${repositoryOfCart}\n    tag: 2.0.0   #`,
  );
});

test('images of other charts get their version where that chart names them', async () => {
  const values = 'stores:\n  mongodb:\n    image: ghcr.io/shopstack/shopstack-mongo:0.1.0 # ours\n';
  clone.write('mongo/Dockerfile', 'FROM mongo:8\nCOPY mongo/init/users.js /\n');
  clone.write('mongo/init/users.js', 'db;\n');
  clone.write('packages/tools/package.json', JSON.stringify({ name: '@shop/tools' }));
  clone.write('packages/tools/Dockerfile', 'FROM scratch\n');
  clone.write('helm/platform/values.yaml', cartValues);
  clone.push('helm/datastores/values.yaml', values);
  const { code, progress } = await clone.release(['mongo', 'tools'], { TAG: '1.2.0' });
  expect({ code, progress }).toEqual({ code: 0, progress: expect.any(String) });
  expect(yard.show('k8s/staging', 'helm/datastores/values.yaml')).toBe(
    values.replace('0.1.0', '1.2.0').trim(),
  );
  expect(yard.tagOf('k8s/staging', 'platform')).toBe('1.2.0');
  const built = yard.calls('docker').filter(({ words }) => words[1] === 'build');
  expect(built.map(({ words }) => words[words.indexOf('--file') + 1])).toEqual([
    'mongo/Dockerfile',
    'packages/tools/Dockerfile',
  ]);

  clone.git('pull', '--quiet');
  clone.push('package-lock.json', '{"new":1}');
  const { output } = await clone.release(['mongo', 'tools', '--dry-run']);
  expect(output).toMatch(/mongo +1\.2\.0 +1\.2\.0 +– +unchanged/);
  expect(output).toMatch(/tools +1\.2\.0 +1\.2\.0 +1\.2\.1 +package-lock\.json/);

  expect((await clone.release()).code).toBe(0);
  const promotion = await clone.release(['promote', '--approved-by', 'Grace Hopper']);
  expect(promotion.output).toMatch(/mongo +– +1\.2\.0[\s\S]*tools +– +1\.2\.1/);
  expect(yard.show('k8s/preprod', 'helm/datastores/values.yaml')).toContain('shopstack-mongo:1.2.0');
});

test('a dry run prints the plan and changes nothing anywhere', async () => {
  clone.push('services/cart/src/main.ts', 'export const changed = 1;\n');
  const other = yard.clone('other');
  other.push('docs/note.md', 'the branch moves on\n');
  const state = () => [
    yard.refs(),
    clone.git('for-each-ref'),
    clone.git('count-objects', '-v'),
    clone.git('status'),
  ];
  const before = state();
  const { code, output } = await clone.release(['--dry-run'], { AWS_ACCOUNT_ID: '', SLACK_WEBHOOK_URL: '' });
  expect(code).toBe(0);
  expect(output).toMatch(/cart .*1\.0\.1/);
  expect(output).toContain('SBOM');
  expect(state()).toEqual(before);
  expect(yard.calls()).toEqual([]);
  expect(yard.slack.told).toEqual([]);
});

test('status shows what runs where and what waits', async () => {
  clone.push('services/cart/src/main.ts', 'export const changed = 1;\n');
  await clone.release();
  clone.git('pull', '--quiet');
  clone.push('services/user/src/main.ts', 'export const changed = 1;\n');
  const { output } = await clone.release(['status']);
  expect(output).toMatch(/cart +1\.0\.1 +1\.0\.1 +1\.0\.0$/m);
  expect(output).toMatch(/user +1\.0\.0 +1\.0\.0 +1\.0\.0 +services\/user \(1 file\)/);
});
