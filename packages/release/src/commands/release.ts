import { type Aws, assertSignedIn, openAws } from '../doing/aws.ts';
import { updateBranch } from '../doing/branch-update.ts';
import { passChecks } from '../doing/checks.ts';
import { writeCommit, writeTag } from '../doing/git-writing.ts';
import { claimVersion, type PreparedImage, prepareImages } from '../doing/images.ts';
import {
  assertKnown,
  deployedTag,
  editedValues,
  fetchBranch,
  judge,
  type Refs,
  readSources,
  type Sources,
} from '../doing/scene.ts';
import { listed, type Released, releaseMessage, tagMessage } from '../domain/messages.ts';
import { valuesPath } from '../domain/place.ts';
import type { Verdict } from '../domain/plan.ts';
import { tagOf } from '../domain/version.ts';
import { Refusal } from '../refusal.ts';
import { branchOf, type Environment, type Registry, registryOf, repositoryName } from '../settings.ts';
import { openReport, type Report, reported, type Tools } from '../tools.ts';
import { planTable, stepTable } from './plan-table.ts';

export interface ReleaseTask {
  services: readonly string[];
  environment: Environment;
  dryRun: boolean;
}
type Wanted = Extract<Verdict, { kind: 'release' }>;

/** Builds and deploys what changed since each service's last release. @throws Refusal */
export async function release(task: ReleaseTask, tools: Tools): Promise<void> {
  const { git, say } = tools;
  const registry = task.dryRun ? undefined : registryOf(tools.settings);
  const head = await git.head();
  const report = await openReport(tools, task.environment, head);
  await reported(report, async () => {
    await assertReleasable(tools);
    say(`comparing ${head.slice(0, 7)} with the last releases`);
    const sources = await readSources(git, head);
    assertKnown(task.services, sources.services);
    const { verdicts, deployed } = await plan(task, sources, tools);
    const wanted = verdicts.filter((it): it is Wanted => it.kind === 'release');
    const show = () => tools.print(planTable(verdicts, { environment: task.environment, deployed }));
    if (wanted.length === 0 || !registry) {
      show();
      tools.print(wanted.length === 0 ? 'Nothing to release.' : stepTable(wanted, task, tools.settings));
      return;
    }
    const aws = openAws(tools.run, registry);
    await assertSignedIn(aws, registry);
    show();
    await carryOut({ task, tools, sources, aws, registry, report }, wanted);
  });
}

async function assertReleasable({ git }: Tools): Promise<void> {
  if (await git.isShallow())
    throw new Refusal(
      'this clone is shallow, its last releases cannot be seen: git fetch --unshallow (CodeBuild: Git clone depth Full)',
    );
  const dirty = await git.dirtyFiles();
  if (dirty.length === 0) return;
  const more = dirty.length > 1 ? ` and ${dirty.length - 1} more` : '';
  throw new Refusal(
    `${dirty[0]}${more} not committed: an image must be what a commit says. Commit or stash, then run again`,
  );
}

async function plan({ services, environment }: ReleaseTask, sources: Sources, { git, settings }: Tools) {
  const branch = branchOf(environment);
  const refs = await git.remoteRefs();
  const target = await fetchBranch(git, refs, branch);
  if (!(await git.contains(target, sources.commit)))
    throw new Refusal(
      `${sources.commit.slice(0, 7)} is not on ${branch}: merge it there and push (git push ${settings.remote} HEAD:${branch}), then release`,
    );
  const all = await judge(git, { sources, refs, target, floor: settings.floor });
  const verdicts = all.filter(({ service }) => services.length === 0 || services.includes(service.name));
  const unreleased = verdicts
    .filter(({ kind }) => kind === 'never released')
    .map(({ service }) => service.name);
  if (unreleased.length > 0)
    throw new Refusal(
      `no tag ${unreleased.map((name) => `${name}/vX.Y.Z`).join(', ')} before this commit: for a first release set the version, TAG=1.0.0`,
    );
  const tags = verdicts.map(
    async ({ service }) => [service.name, await deployedTag(git, target, service.name)] as const,
  );
  return { verdicts, deployed: new Map(await Promise.all(tags)) };
}

interface Work {
  task: ReleaseTask;
  tools: Tools;
  sources: Sources;
  aws: Aws;
  registry: Registry;
  report: Report;
}

async function carryOut(work: Work, wanted: readonly Wanted[]): Promise<void> {
  const { task, tools, sources, aws, registry, report } = work;
  const { settings, run, git, say, quote: onLine } = tools;
  const planned = wanted.map(({ service, version }) => ({ service: service.name, version }));
  await report.started(`Releasing ${listed(planned)} to ${task.environment}`);
  const folders = [...new Set(wanted.flatMap(({ service }) => service.folders))];
  const { checkCommand, testCommand } = settings;
  await passChecks(run, { checkCommand, testCommand, folders, root: git.root, say, onLine });
  const images = await prepareImages(
    {
      ...{ run, aws, registry, say, onLine },
      repositoryOf: (service) => repositoryName(settings, service),
      root: git.root,
      tree: sources.tree,
      platforms: settings.platforms,
      revision: sources.commit,
      labels: await labelsOf(tools, sources.commit),
      scanAllowed: settings.scanAllowed,
      scanTimeoutMs: settings.scanTimeoutMs,
    },
    wanted,
  );
  const { released, commit } = await publish(work, images);
  if (commit === undefined) return tools.print('Nothing left to release: newer releases came first.');
  await report.succeeded(`Released ${listed(released)} to ${task.environment}`, commit);
  tools.print(`Released ${listed(released)} to ${task.environment} (commit ${commit.slice(0, 7)}).`);
}

async function labelsOf({ git }: Tools, commit: string): Promise<Record<string, string>> {
  const source = (await git.remoteUrl()).replace(/\/\/[^/@]+@/, '//').replace(/\.git$/, '');
  return {
    'org.opencontainers.image.revision': commit,
    'org.opencontainers.image.created': await git.dateOf(commit),
    'org.opencontainers.image.source': source,
  };
}

async function publish(work: Work, images: readonly PreparedImage[]) {
  const { git, settings, say } = work.tools;
  const branch = branchOf(work.task.environment);
  let released: Released[] = [];
  const commit = await updateBranch(git, { remote: settings.remote, branch, say }, async (base, refs) => {
    const outcome = await claimAll(work, images, { base, refs });
    released = outcome.released;
    return released.length === 0 ? undefined : outcome.write();
  });
  return { released, commit };
}

/** Asks again what is still to be released, as others may have released meanwhile. */
async function claimAll(
  { task, tools, sources, aws, registry }: Work,
  images: readonly PreparedImage[],
  { base, refs }: { base: string; refs: Refs },
) {
  const { git, settings, say } = tools;
  const verdicts = await judge(git, { sources, refs, target: base, floor: settings.floor });
  const released: Released[] = [];
  const edits = new Map<string, string>();
  for (const image of images) {
    const { name } = image.service;
    const verdict = verdicts.find(({ service }) => service.name === name);
    if (verdict?.kind !== 'release') {
      say(`${name}: released by another run meanwhile`);
      continue;
    }
    const version = await claimVersion({ aws, say }, image, verdict.version);
    const before = await deployedTag(git, base, name);
    const address = `${registry.host}/${image.repository}`;
    const values = { tag: version, ...(settings.setRepository ? { repository: address } : {}) };
    edits.set(valuesPath(name), await editedValues(git, base, { service: name, image: values }));
    released.push({ service: name, version, before, image: `${address}@${image.digest}` });
  }
  const write = async () => {
    const message = releaseMessage(released, task.environment, sources.commit);
    const tags = new Map<string, string>();
    for (const it of released) {
      const name = tagOf(it.service, it.version);
      const text = tagMessage(it, task.environment);
      tags.set(name, await writeTag(git, { name, commit: sources.commit, message: text }));
    }
    return { commit: await writeCommit(git, { parents: [base], edits, message }), tags };
  };
  return { released, write };
}
