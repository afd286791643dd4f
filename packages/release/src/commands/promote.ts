import { updateBranch } from '../doing/branch-update.ts';
import { writeCommitOfTree } from '../doing/git-writing.ts';
import { promotedTree } from '../doing/promotion.ts';
import { fetchBranch, judge, type Refs, readSources } from '../doing/scene.ts';
import { listed, promotionMessage, type Released } from '../domain/messages.ts';
import { Refusal, UsageRefusal } from '../refusal.ts';
import { branchOf } from '../settings.ts';
import { table } from '../table.ts';
import { openReport, reported, type Tools } from '../tools.ts';

export interface PromoteTask {
  approvedBy: string | undefined;
  dryRun: boolean;
}

const [from, to] = ['staging', 'preprod'] as const;

/** Merges staging into preprod, which then runs the images staging runs. @throws Refusal */
export async function promote({ approvedBy, dryRun }: PromoteTask, tools: Tools): Promise<void> {
  const { git, settings, say } = tools;
  if (approvedBy === undefined && !dryRun)
    throw new UsageRefusal('a promotion needs an approval: --approved-by "<name of who approved it>"');
  if (approvedBy !== undefined && /[\n\r]/.test(approvedBy))
    throw new UsageRefusal('--approved-by takes one name on one line');
  const refs = await git.remoteRefs();
  const base = await fetchBranch(git, refs, branchOf(to));
  const staging = await fetchBranch(git, refs, branchOf(from));
  await assertAllReleased(tools, refs, staging);
  const first = await promotedTree(git, base, staging);
  if (!first) return tools.print(`Nothing to promote: ${to} has everything ${from} has.`);
  tools.print(promotionTable(first.moved));
  if (dryRun || approvedBy === undefined) return tools.print('\nDry run: nothing was changed.');
  const report = await openReport(tools, to, staging);
  await reported(report, async () => {
    await report.started(`Promoting ${from} to ${to}, approved by ${approvedBy}`);
    let moved = first.moved;
    const target = { remote: settings.remote, branch: branchOf(to), say };
    const commit = await updateBranch(git, target, async (head) => {
      const merged = await promotedTree(git, head, staging);
      if (!merged) return undefined;
      moved = merged.moved;
      const message = promotionMessage({ from, to, approvedBy }, moved);
      const commit = await writeCommitOfTree(git, { tree: merged.tree, parents: [head, staging], message });
      return { commit, tags: new Map() };
    });
    const what = moved.length === 0 ? 'no image changes' : listed(moved);
    await report.succeeded(`Promoted to ${to}: ${what}, approved by ${approvedBy}`, commit ?? base);
    tools.print(
      `Promoted ${from} to ${to} (commit ${(commit ?? base).slice(0, 7)}), approved by ${approvedBy}.`,
    );
  });
}

/** Sources that staging has but does not run yet have been tried by nobody. */
async function assertAllReleased({ git }: Tools, refs: Refs, staging: string): Promise<void> {
  const sources = await readSources(git, staging);
  const verdicts = await judge(git, { sources, refs, target: staging, floor: undefined });
  const waiting = verdicts.filter(({ kind }) => kind === 'release').map(({ service }) => service.name);
  if (waiting.length > 0)
    throw new Refusal(
      `${from} has changes of ${waiting.join(', ')} that are not released there yet: release them, look at them, then promote`,
    );
}

function promotionTable(moved: readonly Released[]): string {
  if (moved.length === 0) return 'No image changes; only files move.';
  return table(
    ['service', `on ${to}`, 'then'],
    moved.map(({ service, before, version }) => [service, before, version]),
  );
}
