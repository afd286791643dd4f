// node collect.mjs <workspace> <folder>: what an image of one workspace needs, and nothing else.
// <folder>/manifests is enough for `npm ci`; <folder>/files are the sources without tests.
import { cpSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [workspace, folder] = process.argv.slice(2);
if (!workspace || !folder) throw new Error('usage: collect.mjs <workspace> <folder>');
/** @param {string} path */
const manifestOf = (path) => JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
const manifests = globSync('{packages,services}/*/package.json').concat('web/package.json');
const pathOf = new Map(
  manifests.map((file) => [JSON.parse(readFileSync(file, 'utf8')).name, join(file, '..')]),
);

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

/**
 * @param {string} path
 * @param {'manifests' | 'files'} to
 */
const copy = (path, to) => cpSync(path, join(folder, to, path), { recursive: true });
for (const file of [...manifests, 'package.json', 'package-lock.json']) copy(file, 'manifests');
/** @param {string} file */
const isTest = (file) => /\.test\.tsx?$/.test(file);
for (const path of needed) {
  const files = globSync('src/**', { cwd: path, withFileTypes: true }).filter((it) => it.isFile());
  for (const { parentPath, name } of files) {
    const file = join(parentPath, name);
    if (!isTest(file)) copy(file.startsWith('/') ? file.slice(process.cwd().length + 1) : file, 'files');
  }
}
cpSync('scripts/image/health.mjs', join(folder, 'files/health.mjs'));
