import { expect, test } from '@jest/globals';
import { changedPaths, fingerprint, inputsOf, whereChanged } from './inputs.ts';
import { readWorkspace, servicesOf, workspaceFolders } from './workspaces.ts';

const packageJson = (name: string, needs: string[], tests: string[] = []) =>
  JSON.stringify({
    name: `@shop/${name}`,
    dependencies: Object.fromEntries(needs.map((it) => [`@shop/${it}`, '*'])),
    devDependencies: Object.fromEntries(tests.map((it) => [`@shop/${it}`, '*'])),
  });
const manifests = {
  'packages/a': packageJson('a', ['b']),
  'packages/b': packageJson('b', ['a']),
  'packages/testkit': packageJson('testkit', []),
  'services/cart': packageJson('cart', ['a', 'express'], ['testkit']),
  'services/user': packageJson('user', []),
};
const tree = new Map([
  ...Object.keys(manifests).map((folder): [string, string] => [`${folder}/package.json`, folder]),
  ['services/cart/Dockerfile', '1'],
  ['services/cart/test/deep/package.json', '2'],
  ['package-lock.json', '3'],
]);
const workspaces = Object.entries(manifests).map(([folder, text]) => readWorkspace(folder, text));
const dockerfiles = new Map([['services/cart', 'FROM scratch']]);
const [cart] = servicesOf(workspaces, tree, dockerfiles);
if (!cart) throw new Error('cart is a service');

test('workspaces are the folders that the root names', () => {
  const root = JSON.stringify({ workspaces: ['packages/*', 'services/*', 'web'] });
  expect(workspaceFolders(root, tree).sort()).toEqual(Object.keys(manifests).sort());
});

test('a service is a workspace with a Dockerfile; it depends on packages in a circle, too, but not on those of its tests', () => {
  expect(servicesOf(workspaces, tree, dockerfiles)).toEqual([
    { name: 'cart', folder: 'services/cart', folders: ['services/cart', 'packages/a', 'packages/b'] },
  ]);
});

test('samples that a Dockerfile names are part of its service, and change it', () => {
  const all = new Map([...tree, ['mongo/catalogue/products.csv', '4'], ['mongo/init/users.js', '5']]);
  const [it] = servicesOf(
    workspaces,
    all,
    new Map([
      ['services/cart', 'RUN node scripts/image/collect.mjs services/cart /collected mongo/catalogue'],
    ]),
  );
  expect(it?.folders).toEqual(['services/cart', 'packages/a', 'packages/b', 'mongo/catalogue']);
  expect(it && [...inputsOf(it, all).keys()]).toContain('mongo/catalogue/products.csv');
});

test('an image beside the workspaces is released when a chart deploys it, for what its Dockerfile names', () => {
  const paths = [
    'mongo/Dockerfile',
    'mongo/init/users.js',
    'mongo/catalogue/products.csv',
    'mysql/Dockerfile',
  ];
  const all = new Map([...tree, ...paths.map((path): [string, string] => [path, 'x'])]);
  const text = 'FROM mongo:8\nCOPY mongo/init/users.js /docker-entrypoint-initdb.d/users.js\n';
  const beside = servicesOf([], all, new Map(['mongo', 'mysql'].map((folder) => [folder, text])));
  expect(beside.map(({ name }) => name)).toEqual(['mongo']);
  const [mongo] = beside;
  expect(mongo && [...inputsOf(mongo, all).keys()]).toEqual(['mongo/Dockerfile', 'mongo/init/users.js']);
});

test('inputs are what enters the image', () => {
  const files = [
    'services/cart/Dockerfile',
    'services/cart/src/main.ts',
    'packages/b/src/b.ts',
    'package-lock.json',
    'package.json',
    '.dockerignore',
    'scripts/image/collect.mjs',
  ];
  const others = [
    'services/cart/src/main.test.ts',
    'services/cart/test/cart.int.test.ts',
    'services/cart/README.md',
    'services/cart-other/src/main.ts',
    'packages/testkit/src/testkit.ts',
    'helm/cart/values.yaml',
    'biome.json',
    'scripts/image/collect.test.ts',
    'scripts/check.ts',
  ];
  const all = new Map([...files, ...others].map((path) => [path, 'x']));
  expect([...inputsOf(cart, all).keys()]).toEqual(files);
});

test('the fingerprint tells contents and names apart and knows no order', () => {
  const one = fingerprint(
    new Map([
      ['a', '1'],
      ['b', '2'],
    ]),
  );
  expect(
    fingerprint(
      new Map([
        ['b', '2'],
        ['a', '1'],
      ]),
    ),
  ).toBe(one);
  expect(
    fingerprint(
      new Map([
        ['a', '2'],
        ['b', '1'],
      ]),
    ),
  ).not.toBe(one);
  expect(fingerprint(new Map([['a', '1']]))).not.toBe(one);
  expect(one).toMatch(/^[0-9a-f]{16}$/);
});

test('changes are added, removed and changed paths, told by place', () => {
  const before = new Map([
    ['packages/a/x.ts', '1'],
    ['package-lock.json', '1'],
    ['services/cart/y.ts', '1'],
  ]);
  const after = new Map([
    ['packages/a/x.ts', '2'],
    ['packages/a/z.ts', '1'],
    ['services/cart/y.ts', '1'],
  ]);
  const paths = changedPaths(before, after);
  expect(paths).toEqual(['package-lock.json', 'packages/a/x.ts', 'packages/a/z.ts']);
  expect(whereChanged(cart, paths)).toEqual(['package-lock.json', 'packages/a (2 files)']);
});
