import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const repository = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(repository, path), 'utf8');
const folders = (path: string) => readdirSync(join(repository, path));
const services = folders('services');
const present = (path: string) => existsSync(join(repository, path));
const existing = (path: string) => (present(path) ? read(path) : `there is no ${path}`);

interface Delivery {
  of: string;
  path: (service: string) => string;
  text: (service: string) => RegExp;
}
/** What each service needs to be shipped; a column counts as soon as the repository has begun it. */
const deliveries: Delivery[] = [
  {
    of: 'image',
    begun: services.some((it) => present(`services/${it}/Dockerfile`)),
    path: (service: string) => `services/${service}/Dockerfile`,
    text: () => /^FROM [\s\S]*^USER [\s\S]*^HEALTHCHECK /m,
  },
  {
    of: 'compose',
    begun: present('docker-compose.yaml'),
    path: () => 'docker-compose.yaml',
    text: (service: string) => new RegExp(`^  ${service}:$`, 'm'),
  },
  {
    of: 'chart',
    begun: present('helm'),
    path: (service: string) => `helm/${service}/Chart.yaml`,
    text: (service: string) => new RegExp(`^name: ${service}$`, 'm'),
  },
  {
    of: 'Argo CD application',
    begun: present('argocd'),
    path: (service: string) => `argocd/${service}.yaml`,
    text: (service: string) => new RegExp(`path: helm/${service}$`, 'm'),
  },
].filter(({ begun }) => begun);

/** The checklist of adding a service: eight services do not pay for a generator. */
describe.each(services)('service %s', (name) => {
  const at = `services/${name}`;

  test('has a main, an app, a config, contracts and tests', () => {
    const files = ['src/main.ts', 'src/app.ts', 'src/config.ts', 'package.json', 'tsconfig.json'];
    expect(files.filter((file) => !present(`${at}/${file}`))).toEqual([]);
    expect(folders(`${at}/test`).some((file) => file.endsWith('.int.test.ts'))).toBe(true);
    expect(present(`packages/contracts/src/${name}.ts`)).toBe(true);
  });

  test('says in its README what it owns, its endpoints, its messages and its variables', async () => {
    const readme = existing(`${at}/README.md`);
    const parts = ['**Owns**', '## Endpoints', '## Events', '## Variables'];
    expect(parts.filter((part) => !readme.includes(part))).toEqual([]);
    const table = readme.slice(readme.indexOf('## Variables'));
    const variables = await variablesOf(name);
    expect(variables.filter((variable) => !table.includes(`\`${variable}\``))).toEqual([]);
  });

  test('is run by the local stack and reached through the gateway', () => {
    expect(read('packages/stack/src/services.ts')).toMatch(new RegExp(`^  ${name}: \\{`, 'm'));
    expect(read('web/gateway/nginx.conf.template')).toContain(`\${${name.toUpperCase()}_HOST}`);
  });

  test('answers for its health', () => {
    expect(read(`${at}/src/main.ts`)).toContain("from '@shopstack/kit/health'");
  });

  for (const { of, path, text } of deliveries) {
    test(`is part of the delivery: ${of}`, () => {
      expect(existing(path(name))).toMatch(text(name));
    });
  }

  test('mounts every operation of its contracts', async () => {
    const sources = sourcesOf(`${at}/src/http`).join('\n');
    const operations = await operationsOf(name);
    expect(operations).not.toEqual([]);
    expect(operations.filter((operation) => !sources.includes(`on(${operation},`))).toEqual([]);
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

if (present('docker-compose.yaml')) {
  test('.env.example names every variable that docker-compose.yaml reads', () => {
    const asked = new Set(
      [...read('docker-compose.yaml').matchAll(/\$\{([A-Z][A-Z0-9_]*)/g)].map(([, it]) => it),
    );
    const told = new Set(
      [...existing('.env.example').matchAll(/^#? ?([A-Z][A-Z0-9_]*)=/gm)].map(([, it]) => it),
    );
    expect([...asked].filter((variable) => !told.has(variable))).toEqual([]);
  });
}

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

/** Every variable a service reads: those of the groups it takes from the kit, and its own. */
async function variablesOf(name: string): Promise<string[]> {
  const source = read(`services/${name}/src/config.ts`);
  const own = [...source.matchAll(/^\s+([A-Z][A-Z0-9_]{3,}):/gm)].map(([, variable = '']) => variable);
  const kit: Record<string, unknown> = await import('../packages/kit/src/config.ts');
  const shared = Object.entries(kit)
    .filter(([group]) => group.endsWith('Environment') && source.includes(`...${group}`))
    .flatMap(([, variables]) => Object.keys(variables ?? {}));
  return [...new Set([...shared, ...own])];
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
