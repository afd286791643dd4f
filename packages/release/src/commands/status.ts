import { deployedTag, fetchBranch, judge, type Refs, readSources, releasesIn } from '../doing/scene.ts';
import type { Verdict } from '../domain/plan.ts';
import { highest } from '../domain/version.ts';
import { Refusal } from '../refusal.ts';
import { branchOf, environments } from '../settings.ts';
import { table } from '../table.ts';
import type { Tools } from '../tools.ts';

/** One row per service: its newest release, what each environment runs, and what staging has not released yet. */
export async function status({ git, print }: Tools): Promise<void> {
  const refs = await git.remoteRefs();
  const staging = await fetchBranch(git, refs, branchOf('staging'));
  const sources = await readSources(git, staging);
  const verdicts = await judge(git, { sources, refs, target: staging, floor: undefined });
  const releases = releasesIn(refs);
  const rows = await Promise.all(
    verdicts.map(async (verdict) => {
      const { name } = verdict.service;
      const versions = (releases.get(name) ?? []).map(({ version }) => version);
      const running = environments.map((it) => tagOn(refs, branchOf(it), name));
      return [name, highest(versions) ?? '–', ...(await Promise.all(running)), waiting(verdict)];
    }),
  );
  print(table(['service', 'last release', ...environments, 'not released yet'], rows));

  async function tagOn(known: Refs, branch: string, service: string): Promise<string> {
    if (!known.has(`refs/heads/${branch}`)) return 'no branch';
    const head = await fetchBranch(git, known, branch);
    return deployedTag(git, head, service).catch((error: unknown) => {
      if (error instanceof Refusal) return 'no chart';
      throw error;
    });
  }
}

function waiting(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'release':
      return verdict.because.join(', ');
    case 'never released':
      return 'everything';
    case 'unchanged':
    case 'superseded':
      return '';
  }
}
