import { basename } from 'node:path/posix';
import { z } from 'zod';

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
  /** Its own folder first, then those of the shared packages it needs, directly or not. */
  folders: readonly string[];
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

/** A workspace with a Dockerfile is a service, named after its folder. */
export function servicesOf(workspaces: readonly Workspace[], tree: Tree): Service[] {
  const byName = new Map(workspaces.map((it) => [it.name, it]));
  return workspaces
    .filter(({ folder }) => tree.has(`${folder}/Dockerfile`))
    .map((it) => ({ name: basename(it.folder), folder: it.folder, folders: closure(it, byName) }))
    .sort((left, right) => left.name.localeCompare(right.name));
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
