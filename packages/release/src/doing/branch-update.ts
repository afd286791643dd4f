import { setTimeout as pause } from 'node:timers/promises';
import { Refusal } from '../refusal.ts';
import type { Git } from './git.ts';
import { pushAll } from './git-writing.ts';
import { fetchBranch, type Refs } from './scene.ts';

export interface Update {
  commit: string;
  /** Name without refs/tags/ → tag object. */
  tags: ReadonlyMap<string, string>;
}
export interface Target {
  remote: string;
  branch: string;
  say: (line: string) => void;
}

const attempts = 10;
const pauseMs = 150;

/**
 * Moves a branch of the remote, and makes tags, all in one push. When someone else was faster, `prepare` is asked again
 * with what the remote has then. @returns the branch's commit, or undefined when `prepare` had nothing to do.
 * @throws Refusal when the remote does not take the push; then nothing has changed.
 */
export async function updateBranch(
  git: Git,
  { remote, branch, say }: Target,
  prepare: (base: string, refs: Refs) => Promise<Update | undefined>,
): Promise<string | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const refs = await git.remoteRefs();
    const base = await fetchBranch(git, refs, branch);
    const update = await prepare(base, refs);
    if (!update) return undefined;
    const names = new Map([[`refs/heads/${branch}`, update.commit]]);
    for (const [tag, object] of update.tags) names.set(`refs/tags/${tag}`, object);
    say(`pushing to ${branch}`);
    const outcome = await pushAll(git, remote, names);
    if (outcome.kind === 'pushed') return update.commit;

    const now = await git.remoteRefs();
    if (now.get(`refs/heads/${branch}`) === update.commit) return update.commit;
    const changed = [...names.keys()].some((name) => now.get(name) !== refs.get(name));
    if (!changed)
      throw new Refusal(
        `${remote} does not take the push to ${branch} (${outcome.why}): nothing was changed`,
      );
    if (attempt >= attempts)
      throw new Refusal(`${branch} moved ${attempts} times while pushing: nothing was changed, run again`);
    say(`${branch} has moved meanwhile: once more on what it has now`);
    await pause(pauseMs * attempt * (0.5 + Math.random()));
  }
}
