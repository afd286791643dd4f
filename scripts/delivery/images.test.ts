import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { composeServices } from './compose-files.ts';

const repository = join(import.meta.dirname, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'image-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const services = join(repository, 'services');
const image = (service: string) => readFileSync(join(services, service, 'Dockerfile'), 'utf8');

/** Each service is built and released by its own file; a change to one of them is meant for all. */
test.each(readdirSync(services))('the image of %s differs from the others by its name only', (service) => {
  const another = image(service === 'cart' ? 'user' : 'cart');
  const name = service === 'cart' ? 'user' : 'cart';
  const renamed = another
    .replaceAll(`services/${name}`, `services/${service}`)
    .replaceAll(`shopstack-${name}`, `shopstack-${service}`);
  expect(image(service)).toBe(renamed);
});

/** Programs and samples that charts and compose run from the image of packages/tools. */
test('the image of the tools has every program that it is asked for', () => {
  const [line = ''] = /collect\.mjs .*/.exec(tools()) ?? [];
  const words = line.replace('/collected', scratch).split(' ');
  execFileSync(process.execPath, [join(repository, 'scripts/image', words[0] ?? ''), ...words.slice(1)], {
    cwd: repository,
  });
  const has = (path: string) => existsSync(join(scratch, 'files', path));
  const programs = [...askedByCompose(), ...askedByCharts()];
  expect(programs.length).toBeGreaterThan(6);
  expect(programs.filter((path) => !has(path))).toEqual([]);
  expect(['mongo/catalogue/products.csv', 'mysql/data/places.csv'].filter((path) => !has(path))).toEqual([]);
  expect(has('packages/acceptance/src/figures.test.ts')).toBe(false);
  expect(missingImports(join(scratch, 'files'))).toEqual([]);
  const manifests = readdirSync(join(scratch, 'manifests'), { recursive: true, encoding: 'utf8' });
  expect(manifests).toContain('services/user/package.json');
  expect(manifests).not.toContain('packages/testkit');
  const user = readFileSync(join(scratch, 'manifests/services/user/package.json'), 'utf8');
  expect(user).not.toContain('devDependencies');
});

const tools = () => readFileSync(join(repository, 'packages/tools/Dockerfile'), 'utf8');

/** Files that others of the image import by a relative path, and that are not there. */
function missingImports(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((it) =>
    /\.(ts|mjs)$/.test(it),
  );
  return files.flatMap((file) => {
    const imports = readFileSync(join(folder, file), 'utf8').matchAll(
      /^(?:import|export|\}) .*from '(\.[^']+)';$/gm,
    );
    const paths = [...imports].map(([, path = '']) => join(dirname(file), path));
    return paths.filter((path) => !existsSync(join(folder, path)));
  });
}

function askedByCompose(): string[] {
  const services = [...composeServices.values()].filter(({ image }) => String(image).includes('tools:'));
  return services.flatMap(({ command }) => (Array.isArray(command) ? [String(command[1])] : []));
}

/** In the golden renders a container's command follows its image. */
function askedByCharts(): string[] {
  const folder = join(repository, 'packages/manifests/golden');
  const golden = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  const found = golden.flatMap((text) => [...text.matchAll(/shopstack-tools:[\s\S]*?"([a-z/]+\.ts)"/g)]);
  return found.map(([, path = '']) => path);
}
