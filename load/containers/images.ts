import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { compose, docker, imageOf, repository, services } from './engine.ts';
import { columns, type Step, secondsSince } from './proof.ts';

const MOST_ABOVE_BASE = 120;

/** Builds all images with one command, and compares each with the image it is made from. */
export const buildImages: Step = async ({ say, promise }) => {
  const began = performance.now();
  await compose(['build']);
  say(`docker compose build: ${secondsSince(began)} s`);
  const files = globSync('{services,packages}/*/Dockerfile', { cwd: repository });
  const sizes = [];
  for (const file of [...files.sort(), 'web/Dockerfile', 'mongo/Dockerfile', 'mysql/Dockerfile'])
    sizes.push(await sizeOf(file));
  const rows = sizes.map(({ name, size, base, above }) => [name, megabytes(size), base, megabytes(above)]);
  for (const line of columns([['image', 'MB', 'base', 'above it'], ...rows])) say(line);
  const ours = sizes.filter(({ name }) => (services as readonly string[]).includes(name));
  const most = Math.max(...ours.map(({ above }) => above));
  promise(
    `a service's image is at most ${MOST_ABOVE_BASE} MB above its base: ${megabytes(most)}`,
    most <= MOST_ABOVE_BASE,
  );
};

const megabytes = (it: number): string => it.toFixed(1);

async function sizeOf(file: string) {
  const name = basename(dirname(file));
  const text = readFileSync(join(repository, file), 'utf8');
  const base = [...text.matchAll(/^FROM (\S+)/gm)].at(-1)?.[1] ?? '';
  const [size, ofBase] = [await bytes(imageOf(name)), await bytes(base)];
  return { name, base, size: size / 1e6, above: (size - ofBase) / 1e6 };
}

const bytes = async (image: string): Promise<number> =>
  Number(await docker(['image', 'inspect', '--format', '{{.Size}}', image]));
