import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { WorkspaceUses } from './affected-parts.ts';
import { isRecord } from './json.ts';

/** Reads from the workspaces' manifests which of our packages each one uses at run time. */
export function readWorkspaceUses(repository: string): WorkspaceUses {
  const manifests = globSync('{packages/*,services/*,web}/package.json', { cwd: repository });
  const workspaces = manifests.map((file) => {
    const manifest: unknown = JSON.parse(readFileSync(join(repository, file), 'utf8'));
    const { name, dependencies } = isRecord(manifest) ? manifest : {};
    return { folder: dirname(file), name, uses: isRecord(dependencies) ? Object.keys(dependencies) : [] };
  });
  const folders = new Map(workspaces.map(({ name, folder }) => [name, folder]));
  return new Map(
    workspaces.map(({ folder, uses }) => [folder, uses.flatMap((used) => folders.get(used) ?? [])]),
  );
}
