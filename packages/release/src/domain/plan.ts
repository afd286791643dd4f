import { changedPaths, inputsOf, whereChanged } from './inputs.ts';
import { compareVersions, highest, nextPatch } from './version.ts';
import type { Service, Tree } from './workspaces.ts';

export interface TaggedVersion {
  version: string;
  /** The commit whose sources were built. */
  commit: string;
}
export interface Facts {
  tree: Tree;
  /** HEAD and everything before it. */
  history: ReadonlySet<string>;
  /** What the environment branch has beyond HEAD. */
  newer: ReadonlySet<string>;
  tags: readonly TaggedVersion[];
  /** The sources of the last release, if there is one. */
  lastTree: Tree | undefined;
  /** The lowest version to give: TAG. */
  floor: string | undefined;
}
export type Verdict =
  | { kind: 'release'; service: Service; version: string; last: string | undefined; because: string[] }
  | { kind: 'unchanged'; service: Service; last: string }
  | { kind: 'superseded'; service: Service; by: string }
  | { kind: 'never released'; service: Service };

/** The newest release that HEAD contains: what HEAD is compared with. */
export function lastRelease(
  tags: readonly TaggedVersion[],
  history: ReadonlySet<string>,
): TaggedVersion | undefined {
  return tags
    .filter(({ commit }) => history.has(commit))
    .sort((left, right) => compareVersions(left.version, right.version))
    .at(-1);
}

/** Whether a service is released from HEAD, as which version and why. */
export function decide(service: Service, facts: Facts): Verdict {
  const { tags, history, newer, tree, lastTree, floor } = facts;
  const byNewer = highest(tags.filter(({ commit }) => newer.has(commit)).map(({ version }) => version));
  if (byNewer !== undefined) return { kind: 'superseded', service, by: byNewer };

  const last = lastRelease(tags, history)?.version;
  if (last === undefined || !lastTree) {
    if (floor === undefined) return { kind: 'never released', service };
    return { kind: 'release', service, version: versionAfter(tags, floor), last, because: ['first release'] };
  }
  const changed = changedPaths(inputsOf(service, lastTree), inputsOf(service, tree));
  if (changed.length === 0) return { kind: 'unchanged', service, last };
  return {
    kind: 'release',
    service,
    version: versionAfter(tags, floor),
    last,
    because: whereChanged(service, changed),
  };
}

/** The next patch after every tag there is, on whichever branch; `floor` if that is higher. */
function versionAfter(tags: readonly TaggedVersion[], floor: string | undefined): string {
  const top = highest(tags.map(({ version }) => version));
  const next = top === undefined ? undefined : nextPatch(top);
  const chosen = highest([next, floor].filter((it) => it !== undefined));
  if (chosen === undefined) throw new Error('a first release needs a version');
  return chosen;
}
