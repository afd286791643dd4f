import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openYard, repositoryOfCart, type Yard } from './yard.ts';

let yard: Yard;
beforeEach(async () => {
  yard = await openYard();
});
afterEach(() => yard.close());

/** A run that stops at its checks until it is let go on. */
function gate() {
  const file = join(yard.folder, 'go');
  const script = join(yard.folder, 'wait.sh');
  writeFileSync(script, `touch '${file}.waits'; while [ ! -e '${file}' ]; do sleep 0.05; done\n`);
  return { CHECK_COMMAND: `sh ${script}`, open: () => writeFileSync(file, '') };
}

test('two clones that release different services at once both succeed', async () => {
  const one = yard.clone('one');
  one.push('packages/kit/src/kit.ts', 'export const kit = 1;\n');
  const two = yard.clone('two');
  // Both arrive: whoever comes second finds the branch moved.
  yard.hook('pre-receive', 'sleep 0.3');
  const results = await Promise.all([one.release(['cart']), two.release(['user'])]);
  expect(results.map(({ code }) => code)).toEqual([0, 0]);
  expect(results.map(({ progress }) => progress).join('')).toContain('has moved meanwhile');
  expect(yard.tagOf('k8s/staging', 'cart')).toBe('1.0.1');
  expect(yard.tagOf('k8s/staging', 'user')).toBe('1.0.1');
  expect(yard.tags()).toEqual(expect.arrayContaining(['cart/v1.0.1', 'user/v1.0.1']));
  expect(yard.git('rev-list', '--count', 'main..k8s/staging')).toBe('3');
});

test('two clones that release the same commit at once make one release', async () => {
  const one = yard.clone('one');
  one.push('services/cart/src/main.ts', 'export const changed = 1;\n');
  const two = yard.clone('two');
  yard.hook('pre-receive', 'sleep 0.3');
  const results = await Promise.all([one.release(), two.release()]);
  expect(results.map(({ code }) => code)).toEqual([0, 0]);
  expect(yard.tags().filter((tag) => tag.startsWith('cart/'))).toEqual(['cart/v1.0.0', 'cart/v1.0.1']);
  expect(yard.git('rev-list', '--count', 'main..k8s/staging')).toBe('2');
});

test('an older build that ends after a newer one leaves the newer release alone', async () => {
  const one = yard.clone('one');
  one.push('services/cart/src/main.ts', 'export const older = 1;\n');
  const two = yard.clone('two');
  two.push('services/cart/src/main.ts', 'export const newer = 1;\n');
  const { open, ...waiting } = gate();
  const older = one.release([], waiting);
  expect((await two.release()).code).toBe(0);
  const refs = yard.refs();
  open();
  const { code, output } = await older;
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('newer releases came first') });
  expect(yard.refs()).toBe(refs);
  expect((await one.release()).output).toMatch(/cart .*newer sources are released already/);
  expect(yard.refs()).toBe(refs);
});

test('a newer build that ends after an older one gets the next version', async () => {
  const one = yard.clone('one');
  one.push('services/cart/src/main.ts', 'export const older = 1;\n');
  const two = yard.clone('two');
  two.push('services/cart/src/main.ts', 'export const newer = 1;\n');
  const { open, ...waiting } = gate();
  const newer = two.release([], waiting);
  expect((await one.release()).code).toBe(0);
  expect(yard.tagOf('k8s/staging', 'cart')).toBe('1.0.1');
  open();
  expect((await newer).code).toBe(0);
  expect(yard.tagOf('k8s/staging', 'cart')).toBe('1.0.2');
  expect(yard.show('cart/v1.0.2^{commit}', 'services/cart/src/main.ts')).toContain('newer');
});

test('a version that is another image in ECR is left to it', async () => {
  const one = yard.clone('one');
  one.push('services/cart/src/main.ts', 'export const changed = 1;\n');
  yard.change({ images: { [repositoryOfCart]: { '1.0.1': 'sha256:of-a-run-that-died' } } });
  expect((await one.release()).code).toBe(0);
  expect(yard.tagOf('k8s/staging', 'cart')).toBe('1.0.2');
  expect(yard.tags()).toContain('cart/v1.0.2');
  expect(yard.world().images[repositoryOfCart]?.['1.0.1']).toBe('sha256:of-a-run-that-died');
});

test('what was pushed to the branch during a release is kept', async () => {
  const one = yard.clone('one');
  one.push('services/cart/src/main.ts', 'export const changed = 1;\n');
  const { open, ...waiting } = gate();
  const release = one.release([], waiting);
  const two = yard.clone('two');
  two.push(
    'helm/cart/values.yaml',
    two.git('show', 'HEAD:helm/cart/values.yaml').replace('replicaCount: 1', 'replicaCount: 4'),
  );
  two.push('docs/note.md', 'meanwhile\n');
  open();
  expect((await release).code).toBe(0);
  expect(yard.show('k8s/staging', 'helm/cart/values.yaml')).toMatch(/replicaCount: 4[\s\S]*tag: 1\.0\.1/);
  expect(yard.show('k8s/staging', 'docs/note.md')).toBe('meanwhile');
});
