import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const repository = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(repository, path), 'utf8');
const folders = (path: string) => readdirSync(join(repository, path));
const services = folders('services');

/** The checklist of adding a service: eight services do not pay for a generator. */
describe.each(services)('service %s', (name) => {
  const at = `services/${name}`;

  test('has a main, an app, a config, contracts and tests', () => {
    for (const file of ['src/main.ts', 'src/app.ts', 'src/config.ts', 'package.json', 'tsconfig.json']) {
      expect([file, existsSync(join(repository, at, file))]).toEqual([file, true]);
    }
    expect(folders(`${at}/test`).some((file) => file.endsWith('.int.test.ts'))).toBe(true);
    const contract = existsSync(join(repository, `packages/contracts/src/${name}.ts`));
    expect(contract).toBe(true);
  });

  test('says in its README what it owns, its endpoints, its messages and its variables', () => {
    const readme = read(`${at}/README.md`);
    for (const variable of variablesOf(name)) expect(readme).toContain(variable);
    for (const part of ['**Owns**', '## Endpoints', '## Events', '## Variables'])
      expect(readme).toContain(part);
  });

  test('is run by the local stack and reached through the gateway', () => {
    expect(read('packages/stack/src/services.ts')).toMatch(new RegExp(`^  ${name}: \\{`, 'm'));
    expect(read('web/gateway/nginx.conf.template')).toContain(`\${${name.toUpperCase()}_HOST}`);
  });

  test('mounts every operation of its contracts', async () => {
    const sources = sourcesOf(`${at}/src/http`).join('\n');
    for (const operation of await operationsOf(name)) {
      expect([operation, sources.includes(`on(${operation},`)]).toEqual([operation, true]);
    }
  });

  test('keeps the folders that say what a file may do', () => {
    const known = ['domain', 'http', 'clients', 'store', 'events', 'crypto'];
    const found = readdirSync(join(repository, at, 'src'), { withFileTypes: true });
    expect(found.filter((it) => it.isDirectory() && !known.includes(it.name)).map((it) => it.name)).toEqual(
      [],
    );
    const flat = found.filter((it) => it.isFile()).map((it) => it.name.replace('.ts', ''));
    expect(flat.filter((it) => !['main', 'app', 'config', 'migrate', 'seed'].includes(it))).toEqual([]);
  });
});

describe('every source file', () => {
  const files = [
    'packages',
    'services',
    'web/src',
    'web/gateway',
    'web/test',
    'web/e2e',
    'scripts',
    'mongo',
    'mysql',
  ].flatMap(sourceFiles);

  test('has at most 300 lines, a test at most 500', () => {
    const long = files.filter(
      (path) => read(path).split('\n').length > (/\.test\.tsx?$/.test(path) ? 500 : 300),
    );
    expect(long).toEqual([]);
  });
  test('leaves no note to finish it later and no test that is switched off', () => {
    const note = new RegExp(['TO', 'DO|FIX', 'ME|\\b(?:test|describe|it)\\.(?:skip|only)\\('].join(''));
    expect(files.filter((path) => !path.endsWith('repository.test.ts') && note.test(read(path)))).toEqual([]);
  });
  test('has a name that says what is inside', () => {
    expect(
      files.filter((path) => /(^|\/)(utils?|helpers?|common|misc|manager|impl|types)\.tsx?$/.test(path)),
    ).toEqual([]);
  });
});

test('the lock file names no download address', () => {
  expect(read('package-lock.json')).not.toMatch(/"resolved": "https?:/);
});

function sourceFiles(folder: string): string[] {
  if (!existsSync(join(repository, folder))) return [];
  return readdirSync(join(repository, folder), { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile() && /\.(ts|tsx|mjs)$/.test(it.name))
    .map((it) => join(it.parentPath, it.name).slice(repository.length + 1))
    .filter((path) => !/node_modules|\/dist\/|\.shopstack/.test(path));
}
const sourcesOf = (folder: string): string[] => sourceFiles(folder).map(read);

/** Variables that the service's own config reads, beyond those of every service. */
function variablesOf(name: string): string[] {
  const own = read(`services/${name}/src/config.ts`).match(/^\s+([A-Z][A-Z0-9_]{3,}):/gm) ?? [];
  return own.map((it) => it.trim().replace(':', ''));
}

/** Names of the operations that belong to a service. */
async function operationsOf(name: string): Promise<string[]> {
  const files = name === 'catalogue' ? ['catalogue', 'merchandise'] : [name];
  const names: string[] = [];
  for (const file of files) {
    const contract: Record<string, unknown> = await import(`../packages/contracts/src/${file}.ts`);
    const isOperation = (it: unknown) =>
      typeof it === 'object' && it !== null && 'policy' in it && 'path' in it;
    names.push(...Object.keys(contract).filter((key) => isOperation(contract[key])));
  }
  return names;
}
