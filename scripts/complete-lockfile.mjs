// Completes package-lock.json after `npm install`: a registry that cannot deliver the optional packages of other
// platforms leaves them out, and `npm ci` on any machine then fails with "Missing … from lock file".
import { readFileSync, writeFileSync } from 'node:fs';

const systems = [
  'android',
  'darwin',
  'freebsd',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'aix',
  'win32',
  'linux',
];
const processors = {
  arm64: 'arm64',
  arm: 'arm',
  x64: 'x64',
  ia32: 'ia32',
  loong64: 'loong64',
  ppc64: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
  mips64el: 'mips64',
  wasm32: 'wasm32',
};
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const { packages } = lock;

/**
 * Every place where npm would look for a package that `from` asks for.
 * @param {string} from
 * @param {string} name
 */
function places(from, name) {
  const found = [];
  for (let at = from; at; at = parent(at)) found.push(`${at}/node_modules/${name}`);
  return [...found, `node_modules/${name}`];
}

/**
 * Whose folder this package lies in; a workspace lies in the root's.
 * @param {string} at
 */
function parent(at) {
  const end = at.lastIndexOf('node_modules/');
  return end > 0 ? at.slice(0, end - 1) : '';
}

let added = 0;
for (const [from, asking] of Object.entries({ ...packages })) {
  for (const [name, version] of Object.entries(asking.optionalDependencies ?? {})) {
    if (!/^\d/.test(version) || places(from, name).some((place) => packages[place])) continue;
    const os = systems.find((it) => name.includes(it));
    const [cpu] = Object.entries(processors).find(([, word]) => name.includes(word)) ?? [];
    packages[`node_modules/${name}`] = {
      version,
      ...(cpu ? { cpu: [cpu] } : {}),
      ...(asking.dev ? { dev: true } : {}),
      ...(name.includes('musl') ? { libc: ['musl'] } : {}),
      optional: true,
      ...(os ? { os: [os] } : {}),
    };
    added++;
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} optional packages added`);
