import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Clone, openYard, type Yard } from './yard.ts';

let yard: Yard;
let clone: Clone;
beforeEach(async () => {
  yard = await openYard();
  clone = yard.clone('one');
});
afterEach(() => yard.close());

async function releaseCart(text: string): Promise<void> {
  clone.git('pull', '--quiet');
  clone.push('services/cart/src/main.ts', text);
  expect((await clone.release()).code).toBe(0);
}
const approved = ['promote', '--approved-by', 'Grace Hopper'];
const valuesOf = (branch: string) => yard.show(branch, 'helm/cart/values.yaml');

test('a rollback changes one tag on one environment, and the release after it goes on counting', async () => {
  await releaseCart('export const one = 1;\n');
  const before = valuesOf('k8s/staging');
  const { code, output } = await clone.release(['rollback', 'cart', '1.0.0', '--environment', 'staging']);
  expect({ code, output }).toEqual({
    code: 0,
    output: expect.stringContaining('cart is back at 1.0.0 on staging.'),
  });
  expect(valuesOf('k8s/staging')).toBe(before.replace('tag: 1.0.1', 'tag: 1.0.0'));
  expect(yard.message('k8s/staging')).toMatch(
    /^chore\(release\): roll cart back to 1\.0\.0 on staging\n\ncart 1\.0\.1 → 1\.0\.0/,
  );
  expect(yard.slack.told.at(-1)).toContain('cart is back at 1.0.0');

  const refs = yard.refs();
  expect((await clone.release(['rollback', 'cart', '1.0.0'])).output).toContain('already');
  expect((await clone.release()).output).toContain('Nothing to release.');
  expect(yard.refs()).toBe(refs);
  await releaseCart('export const two = 2;\n');
  expect(yard.tagOf('k8s/staging', 'cart')).toBe('1.0.2');
});

test('a rollback to what was never released, or is no longer in ECR, changes nothing', async () => {
  const refs = yard.refs();
  const never = await clone.release(['rollback', 'cart', '7.7.7']);
  expect(never).toMatchObject({
    code: 1,
    progress: expect.stringMatching(/^cart 7\.7\.7 was never released.*1\.0\.0\n$/),
  });
  clone.push('helm/user/values.yaml', valuesOf('k8s/staging').replace('1.0.0', '0.9.0'));
  const after = yard.refs();
  const gone = await clone.release(['rollback', 'user', '1.0.0']);
  expect(gone).toMatchObject({
    code: 1,
    progress: expect.stringMatching(/ECR no longer has .*user:1\.0\.0/),
  });
  expect(yard.refs()).toBe(after);
  expect(after).not.toBe(refs);
});

test('a promotion merges with its approval, and preprod runs what staging runs', async () => {
  await releaseCart('export const one = 1;\n');
  const staging = yard.git('rev-parse', 'k8s/staging');
  const preprod = yard.git('rev-parse', 'k8s/preprod');
  const { code, output } = await clone.release(approved);
  expect(code).toBe(0);
  expect(output).toMatch(/cart +1\.0\.0 +1\.0\.1/);
  expect(yard.git('log', '-1', '--format=%P', 'k8s/preprod')).toBe(`${preprod} ${staging}`);
  expect(yard.message('k8s/preprod')).toMatch(
    /promote staging to preprod[\s\S]*cart 1\.0\.0 → 1\.0\.1[\s\S]*Approved-by: Grace Hopper/,
  );
  expect(valuesOf('k8s/preprod')).toBe(valuesOf('k8s/staging'));

  const refs = yard.refs();
  expect((await clone.release(approved)).output).toContain('Nothing to promote');
  expect(yard.refs()).toBe(refs);
  const onPreprod = yard.clone('two', 'k8s/preprod');
  expect((await onPreprod.release(['--environment', 'preprod'])).output).toContain('Nothing to release.');
});

test('a promotion takes staging’s images over a rollback on preprod, and keeps preprod’s other changes', async () => {
  const onPreprod = yard.clone('two', 'k8s/preprod');
  onPreprod.push(
    'helm/web/values.yaml',
    valuesOf('k8s/preprod').replace('replicaCount: 1', 'replicaCount: 9'),
  );
  await releaseCart('export const one = 1;\n');
  expect((await clone.release(approved)).code).toBe(0);
  expect((await clone.release(['rollback', 'cart', '1.0.0', '-e', 'preprod'])).code).toBe(0);
  await releaseCart('export const two = 2;\n');
  expect((await clone.release(approved)).code).toBe(0);
  expect(yard.tagOf('k8s/preprod', 'cart')).toBe('1.0.2');
  expect((await clone.release(['rollback', 'cart', '1.0.0', '-e', 'preprod'])).code).toBe(0);
  expect((await clone.release(approved)).code).toBe(0);
  expect(yard.tagOf('k8s/preprod', 'cart')).toBe('1.0.2');
  expect(yard.show('k8s/preprod', 'helm/web/values.yaml')).toContain('replicaCount: 9');
});

test('a promotion without approval, with a conflict or of unreleased sources changes nothing', async () => {
  const refused = async (words: string[], code: number, line: RegExp) => {
    const refs = yard.refs();
    const result = await clone.release(words);
    expect(result).toMatchObject({ code, progress: expect.stringMatching(line) });
    expect(yard.refs()).toBe(refs);
  };
  await refused(['promote'], 2, /^a promotion needs an approval: --approved-by .*\n$/);
  await refused(['promote', '--approved-by', ' '], 2, /^a promotion needs an approval/);
  yard.clone('two', 'k8s/preprod').push('docs/note.md', 'preprod\n');
  clone.push('docs/note.md', 'staging\n');
  await refused(approved, 1, /^staging and preprod both changed docs\/note\.md: merge .*\n$/);
  clone.push('services/cart/src/main.ts', 'export const one = 1;\n');
  await refused(approved, 1, /^staging has changes of cart that are not released there yet.*\n$/);
});

test('a rollback and a promotion can be tried without changing anything', async () => {
  await releaseCart('export const one = 1;\n');
  const refs = yard.refs();
  const calls = yard.calls().length;
  expect((await clone.release(['rollback', 'cart', '1.0.0', '--dry-run'])).output).toMatch(
    /cart +1\.0\.1 +1\.0\.0/,
  );
  expect((await clone.release(['promote', '--dry-run'])).output).toMatch(/cart +1\.0\.0 +1\.0\.1/);
  expect((await clone.release(['login', '--dry-run'])).output).toContain('Would sign docker in');
  expect(yard.refs()).toBe(refs);
  expect(yard.calls()).toHaveLength(calls);
});
