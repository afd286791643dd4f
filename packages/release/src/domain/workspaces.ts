import { basename, dirname } from 'node:path/posix';
import { z } from 'zod';
import { standalone } from './place.ts';

/** Path → id of the file's content, of one commit. */
export type Tree = ReadonlyMap<string, string>;

export interface Workspace {
  name: string;
  folder: string;
  /** Names of what it needs to run; what it needs only for its tests never enters an image. */
  needs: readonly string[];
}
export interface Service {
  name: string;
  folder: string;
  /** Its own folder first, then those of the shared packages it needs, directly or not, and of samples. */
  folders: readonly string[];
  /** When the image is made of nothing but these. */
  files?: readonly string[];
}

const names = z.record(z.string(), z.string()).optional();
const manifest = z.object({
  name: z.string(),
  dependencies: names,
  optionalDependencies: names,
  peerDependencies: names,
});
const rootManifest = z.object({ workspaces: z.array(z.string()) });

/** Folders with a package.json that the root's workspaces (`services/*`, `web`) name. */
export function workspaceFolders(rootPackageJson: string, tree: Tree): string[] {
  const { workspaces } = rootManifest.parse(JSON.parse(rootPackageJson));
  const wanted = workspaces.map((pattern) => pattern.replace(/\/$/, '').split('/'));
  return [...tree.keys()]
    .filter((path) => path.endsWith('/package.json'))
    .map((path) => path.slice(0, -'/package.json'.length))
    .filter((folder) => wanted.some((pattern) => matches(folder.split('/'), pattern)));
}

function matches(parts: readonly string[], pattern: readonly string[]): boolean {
  return (
    parts.length === pattern.length && pattern.every((part, index) => part === '*' || part === parts[index])
  );
}

export function readWorkspace(folder: string, packageJson: string): Workspace {
  const { name, dependencies, optionalDependencies, peerDependencies } = manifest.parse(
    JSON.parse(packageJson),
  );
  return {
    name,
    folder,
    needs: Object.keys({ ...peerDependencies, ...optionalDependencies, ...dependencies }),
  };
}

/**
 * A workspace with a Dockerfile is a service, named after its folder. Folders that the Dockerfile names and that no
 * workspace has count as well, such as samples. So is a folder beside the workspaces whose image a chart deploys: it
 * consists of what its Dockerfile names.
 * @param dockerfiles folder → text
 */
export function servicesOf(
  workspaces: readonly Workspace[],
  tree: Tree,
  dockerfiles: ReadonlyMap<string, string>,
): Service[] {
  const byName = new Map(workspaces.map((it) => [it.name, it]));
  const owned = [...workspaces.map(({ folder }) => folder), 'scripts/image'];
  const services = [...dockerfiles].flatMap(([folder, text]): Service[] => {
    const words = new Set(text.split(/\s+/));
    const workspace = workspaces.find((it) => it.folder === folder);
    if (workspace) {
      const isSample = (it: string) =>
        words.has(it) && !owned.some((other) => `${it}/`.startsWith(`${other}/`));
      const folders = [...closure(workspace, byName), ...foldersIn(tree).filter(isSample)];
      return [{ name: basename(folder), folder, folders }];
    }
    if (!standalone.includes(folder)) return [];
    const files = [...tree.keys()].filter((path) => words.has(path) || path === `${folder}/Dockerfile`);
    return [{ name: folder, folder, folders: [folder], files }];
  });
  return services.sort((left, right) => left.name.localeCompare(right.name));
}

function foldersIn(tree: Tree): string[] {
  const parents = (path: string): string[] => {
    const parent = dirname(path);
    return parent === '.' ? [] : [parent, ...parents(parent)];
  };
  return [...new Set([...tree.keys()].flatMap(parents))].sort();
}

function closure(start: Workspace, byName: ReadonlyMap<string, Workspace>): string[] {
  const reached = new Set([start]);
  for (const workspace of reached) {
    for (const need of workspace.needs) {
      const found = byName.get(need);
      if (found) reached.add(found);
    }
  }
  const [own, ...shared] = [...reached].map(({ folder }) => folder);
  return own === undefined ? [] : [own, ...shared.sort()];
}
