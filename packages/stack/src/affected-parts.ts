/** Which of our packages a workspace uses directly, by folder (`services/cart` → `packages/kit`, …). */
export type WorkspaceUses = ReadonlyMap<string, readonly string[]>;

const parts: ReadonlyMap<string, string> = new Map([
  ['packages/simulators', 'simulators'],
  ['packages/mongo-embedded', 'mongo'],
  ['web', 'web'],
]);

/** The parts to restart when this file (relative to the repository) has changed. */
export function affectedParts(file: string, uses: WorkspaceUses): string[] {
  if (!matters(file)) return [];
  if (file.startsWith('web/gateway/')) return ['gateway'];
  const changed = [...uses.keys()].find((workspace) => file.startsWith(`${workspace}/`));
  if (changed === undefined) return [];
  return [...uses.keys()]
    .filter((workspace) => reaches(workspace, changed, uses))
    .flatMap((workspace) => partOf(workspace) ?? []);
}

function matters(file: string): boolean {
  if (/(^|\/)(node_modules|dist|test|e2e)\//.test(file) || /\.test\.tsx?$/.test(file)) return false;
  return /\.(ts|tsx|css|html|json|svg|template|csv)$/.test(file);
}

function partOf(workspace: string): string | undefined {
  return workspace.startsWith('services/') ? workspace.slice('services/'.length) : parts.get(workspace);
}

function reaches(from: string, to: string, uses: WorkspaceUses, seen = new Set<string>()): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  return (uses.get(from) ?? []).some((used) => reaches(used, to, uses, seen));
}
