// node collect.mjs <workspace> <folder>: what an image of one workspace needs, and nothing else.
// <folder>/manifests is enough for `npm ci`; <folder>/files are the sources without tests.
import { cpSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [workspace, folder] = process.argv.slice(2);
if (!workspace || !folder) throw new Error('usage: collect.mjs <workspace> <folder>');
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

for (const file of [...manifests, 'package.json', 'package-lock.json'])
  cpSync(file, join(folder, 'manifests', file));
/** @param {string} file */
const isWanted = (file) => !/\.test\.tsx?$/.test(file);
for (const path of needed)
  cpSync(join(path, 'src'), join(folder, 'files', path, 'src'), { recursive: true, filter: isWanted });
cpSync('scripts/image/health.mjs', join(folder, 'files/health.mjs'));
