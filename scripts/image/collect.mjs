// node collect.mjs <workspace> <folder> [<folder>…]: what an image of one workspace needs, and nothing else.
// <folder>/manifests is enough for `npm ci --omit=dev`, with --to-build for `npm ci`; <folder>/files are the sources without tests, and those further folders.
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const toBuild = process.argv.includes('--to-build');
const [workspace, folder, ...further] = process.argv.slice(2).filter((it) => it !== '--to-build');
if (!workspace || !folder) throw new Error('usage: collect.mjs <workspace> <folder> [<folder>…]');
/** @param {string} path */
const manifestOf = (path) => JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
const manifests = globSync('{packages,services}/*/package.json').concat('web/package.json');
const pathOf = new Map(manifests.map(dirname).map((path) => [manifestOf(path).name, path]));

const needed = new Set();
/** @param {string} path */
function need(path) {
  if (needed.has(path)) return;
  needed.add(path);
  for (const name of Object.keys(manifestOf(path).dependencies ?? {})) {
    const other = pathOf.get(name);
    if (other) need(other);
  }
}
need(workspace);

// npm installs what a workspace needs for its tests as soon as another workspace needs it for good: so none is named.
const described = toBuild ? manifests : manifests.filter((file) => needed.has(dirname(file)));
for (const file of ['package.json', ...described]) {
  const { devDependencies, ...manifest } = manifestOf(dirname(file));
  const target = join(folder, 'manifests', file);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, JSON.stringify(toBuild ? { ...manifest, devDependencies } : manifest, null, 2));
}
cpSync('package-lock.json', join(folder, 'manifests/package-lock.json'));
/** @param {string} file */
const isWanted = (file) => !/\.test\.tsx?$/.test(file);
/** @param {string} path */
const copy = (path) => cpSync(path, join(folder, 'files', path), { recursive: true, filter: isWanted });
// A workspace may be nothing but what it brings together.
for (const path of needed) if (existsSync(join(path, 'src'))) copy(join(path, 'src'));
for (const path of further) copy(path);
cpSync('scripts/image/health.mjs', join(folder, 'files/health.mjs'));
