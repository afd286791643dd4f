import { createHash } from 'node:crypto';
import type { Service, Tree } from './workspaces.ts';

/** What every Dockerfile takes from outside the service and its packages. */
const everyImage =
  /^(package\.json|package-lock\.json|tsconfig\.base\.json|\.npmrc|\.dockerignore|scripts\/image\/.+)$/;
const notInImages = /(^|\/)(test|e2e|bench)\/|\.test\.tsx?$|\.md$/;

/** The files that decide what a service's image contains: its folder, its packages' folders, the lock file. */
export function inputsOf({ folders, files }: Service, tree: Tree): Tree {
  if (files) return new Map([...tree].filter(([path]) => files.includes(path)));
  const isInput = (path: string) =>
    (everyImage.test(path) || folders.some((folder) => path.startsWith(`${folder}/`))) &&
    !notInImages.test(path);
  return new Map([...tree].filter(([path]) => isInput(path)));
}

/** The same inputs have the same fingerprint, in whatever commit they are. 16 hexadecimal digits. */
export function fingerprint(inputs: Tree): string {
  const lines = [...inputs].map(([path, id]) => `${path}\0${id}\n`).sort();
  return createHash('sha256').update(lines.join('')).digest('hex').slice(0, 16);
}

/** Paths that were added, removed or changed. */
export function changedPaths(before: Tree, after: Tree): string[] {
  const all = new Set([...before.keys(), ...after.keys()]);
  return [...all].filter((path) => before.get(path) !== after.get(path)).sort();
}

/** Where the changes are: folders of the service, with a count, or files outside them. */
export function whereChanged({ folders }: Service, paths: readonly string[]): string[] {
  const placeOf = (path: string) => folders.find((folder) => path.startsWith(`${folder}/`)) ?? path;
  const places = Object.entries(Object.groupBy(paths, placeOf));
  return places.map(([place, found]) =>
    folders.includes(place) ? `${place} (${filesText(found?.length ?? 0)})` : place,
  );
}

function filesText(count: number): string {
  return count === 1 ? '1 file' : `${count} files`;
}
