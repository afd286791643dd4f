import type { Released } from '../domain/messages.ts';
import { placeOf, servicesOfChart, valuesPath } from '../domain/place.ts';
import { editImage, readImageTag, ValuesFault } from '../domain/values-edit.ts';
import { Refusal } from '../refusal.ts';
import type { Git } from './git.ts';
import { mergeTrees, writeCommit } from './git-writing.ts';

const chartValues = /^helm\/([^/]+)\/values\.yaml$/;

/**
 * The tree of preprod with staging merged in. Which image preprod ran before (a rollback, a hotfix) never conflicts: it
 * runs staging's afterwards. @returns undefined when that changes nothing. @throws Refusal for a conflict elsewhere.
 */
export async function promotedTree(git: Git, preprod: string, staging: string) {
  const tagsBefore = await imageTags(git, preprod);
  const tagsAfter = await imageTags(git, staging);
  const merge = await mergeTrees(git, await withoutOwnTags(git, preprod, staging), staging);
  if (merge.kind === 'conflict')
    throw new Refusal(
      `staging and preprod both changed ${merge.files.join(', ')}: merge k8s/staging into k8s/preprod by hand and push, then run again`,
    );
  const treeBefore = (await git.git(['rev-parse', `${preprod}^{tree}`])).trim();
  if (merge.tree === treeBefore && (await git.contains(preprod, staging))) return undefined;
  const moved: Released[] = [...tagsAfter]
    .map(([service, version]) => ({ service, version, before: tagsBefore.get(service) ?? '–' }))
    .filter(({ version, before }) => version !== before);
  return { tree: merge.tree, moved };
}

/** Preprod with the tags of the last common commit, so that only staging has changed them since. */
async function withoutOwnTags(git: Git, preprod: string, staging: string): Promise<string> {
  const base = await git.ask(['merge-base', preprod, staging]);
  if (base.code !== 0)
    throw new Refusal('k8s/staging and k8s/preprod have no common commit: make k8s/preprod from k8s/staging');
  const common = await imageTags(git, base.stdout.trim());
  const edits = new Map<string, string>();
  for (const [service, tag] of await imageTags(git, preprod)) {
    const wanted = common.get(service);
    if (wanted === undefined || wanted === tag) continue;
    const path = valuesPath(service);
    const text = edits.get(path) ?? (await git.read(preprod, path));
    if (text !== undefined) edits.set(path, editImage(text, { tag: wanted }, placeOf(service).at));
  }
  if (edits.size === 0) return preprod;
  return writeCommit(git, { parents: [preprod], edits, message: 'before a promotion\n' });
}

/** Of whatever image the charts name where the tool writes it: a library chart has none. */
async function imageTags(git: Git, commit: string): Promise<Map<string, string>> {
  const tags = new Map<string, string>();
  const paths = [...(await git.treeOf(commit)).keys()].filter((path) => chartValues.test(path));
  for (const [path, text] of await git.readAll(commit, paths)) {
    for (const service of servicesOfChart(chartValues.exec(path)?.[1] ?? '')) {
      const tag = tagIn(text, service);
      if (tag !== undefined) tags.set(service, tag);
    }
  }
  return tags;
}

function tagIn(text: string, service: string): string | undefined {
  try {
    return readImageTag(text, placeOf(service).at);
  } catch (error) {
    if (!(error instanceof ValuesFault)) throw error;
    return undefined;
  }
}
