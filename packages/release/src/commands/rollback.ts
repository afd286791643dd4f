import { assertSignedIn, openAws } from '../doing/aws.ts';
import { updateBranch } from '../doing/branch-update.ts';
import { findImage } from '../doing/ecr.ts';
import { writeCommit } from '../doing/git-writing.ts';
import {
  assertKnown,
  deployedTag,
  editedValues,
  fetchBranch,
  type Refs,
  readSources,
  releasesIn,
} from '../doing/scene.ts';
import { rollbackMessage } from '../domain/messages.ts';
import { valuesPath } from '../domain/place.ts';
import { compareVersions } from '../domain/version.ts';
import { Refusal } from '../refusal.ts';
import { branchOf, type Environment, registryOf, repositoryName } from '../settings.ts';
import { table } from '../table.ts';
import { openReport, reported, type Tools } from '../tools.ts';

export interface RollbackTask {
  service: string;
  version: string;
  environment: Environment;
  dryRun: boolean;
}

/** Deploys a version that was released before; its image must still be in ECR. @throws Refusal */
export async function rollback(task: RollbackTask, tools: Tools): Promise<void> {
  const { git, settings, say } = tools;
  const { service, version, environment } = task;
  const branch = branchOf(environment);
  const refs = await git.remoteRefs();
  const base = await fetchBranch(git, refs, branch);
  assertKnown([service], (await readSources(git, base)).services);
  assertReleased(task, refs);
  const before = await deployedTag(git, base, service);
  if (before === version) return tools.print(`${service} is at ${version} on ${environment} already.`);
  const plan = table(['service', `on ${environment}`, 'then'], [[service, before, version]]);
  if (task.dryRun) return tools.print(`${plan}\n\nDry run: nothing was changed.`);
  await assertImage(task, tools);
  tools.print(plan);
  const report = await openReport(tools, environment, base);
  await reported(report, async () => {
    await report.started(`Rolling ${service} back from ${before} to ${version} on ${environment}`);
    const commit = await updateBranch(git, { remote: settings.remote, branch, say }, async (head) => {
      const now = await deployedTag(git, head, service);
      if (now === version) return undefined;
      const text = await editedValues(git, head, { service, image: { tag: version } });
      const message = rollbackMessage({ service, version, before: now }, environment);
      const edits = new Map([[valuesPath(service), text]]);
      return { commit: await writeCommit(git, { parents: [head], edits, message }), tags: new Map() };
    });
    const words = `${service} is back at ${version} on ${environment}`;
    await report.succeeded(words, commit ?? base);
    tools.print(`${words}.`);
  });
}

function assertReleased({ service, version }: RollbackTask, refs: Refs): void {
  const versions = (releasesIn(refs).get(service) ?? []).map((it) => it.version).sort(compareVersions);
  if (versions.includes(version)) return;
  const known = versions.length === 0 ? 'none yet' : versions.slice(-5).reverse().join(', ');
  throw new Refusal(
    `${service} ${version} was never released (no tag ${service}/v${version}); the last ones: ${known}`,
  );
}

async function assertImage({ service, version }: RollbackTask, { run, settings }: Tools): Promise<void> {
  const registry = registryOf(settings);
  const aws = openAws(run, registry);
  await assertSignedIn(aws, registry);
  const repository = repositoryName(settings, service);
  if ((await findImage(aws, repository, version)) === undefined)
    throw new Refusal(`ECR no longer has ${repository}:${version}: choose another version`);
}
