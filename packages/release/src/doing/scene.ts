import { dirname } from 'node:path/posix';
import { placeOf, valuesPath } from '../domain/place.ts';
import { decide, lastRelease, type TaggedVersion, type Verdict } from '../domain/plan.ts';
import { editImage, type ImageValues, readImageTag, ValuesFault } from '../domain/values-edit.ts';
import { readTag } from '../domain/version.ts';
import {
  readWorkspace,
  type Service,
  servicesOf,
  type Tree,
  workspaceFolders,
} from '../domain/workspaces.ts';
import { Refusal } from '../refusal.ts';
import type { Git } from './git.ts';

export type Refs = ReadonlyMap<string, string>;

/** The head of an environment's branch on the remote, with its objects fetched. @throws Refusal when it is missing. */
export async function fetchBranch(git: Git, refs: Refs, branch: string): Promise<string> {
  const head = refs.get(`refs/heads/${branch}`);
  if (head === undefined)
    throw new Refusal(
      `the remote has no branch ${branch}: git push origin HEAD:refs/heads/${branch} makes it`,
    );
  if (!(await git.hasCommit(head))) await git.fetch(`refs/heads/${branch}`);
  return head;
}

export interface Sources {
  commit: string;
  tree: Tree;
  services: Service[];
}

/** The services as a commit has them. @throws Refusal when it has none. */
export async function readSources(git: Git, commit: string): Promise<Sources> {
  const tree = await git.treeOf(commit);
  const rootPackage = await git.read(commit, 'package.json');
  const folders = rootPackage === undefined ? [] : workspaceFolders(rootPackage, tree);
  const manifests = folders.map((folder) => `${folder}/package.json`);
  const dockerfiles = [...tree.keys()].filter((path) => path.endsWith('/Dockerfile'));
  const texts = await git.readAll(commit, [...manifests, ...dockerfiles]);
  const workspaces = folders.map((folder) =>
    readWorkspace(folder, texts.get(`${folder}/package.json`) ?? '{}'),
  );
  const images = dockerfiles.map((path) => [dirname(path), texts.get(path) ?? ''] as const);
  const services = servicesOf(workspaces, tree, new Map(images));
  if (services.length === 0)
    throw new Refusal(
      'no service here: a service is a workspace with a Dockerfile (services/<name>/Dockerfile)',
    );
  return { commit, tree, services };
}

/** Every release of every service that the remote knows. */
export function releasesIn(refs: Refs): Map<string, TaggedVersion[]> {
  const releases = new Map<string, TaggedVersion[]>();
  for (const [ref, commit] of refs) {
    const tag = ref.startsWith('refs/tags/') ? readTag(ref.slice('refs/tags/'.length)) : undefined;
    if (!tag) continue;
    releases.set(tag.service, [...(releases.get(tag.service) ?? []), { version: tag.version, commit }]);
  }
  return releases;
}

export interface Question {
  sources: Sources;
  refs: Refs;
  /** Head of the environment's branch. */
  target: string;
  floor: string | undefined;
}

/** What becomes of each service when `sources` are released onto `target`. */
export async function judge(git: Git, { sources, refs, target, floor }: Question): Promise<Verdict[]> {
  const history = await git.commits(sources.commit);
  const newer = await git.commits('--ancestry-path', `${sources.commit}..${target}`);
  const releases = releasesIn(refs);
  const trees = new Map<string, Promise<Tree>>();
  const treeOf = (commit: string) => {
    const known = trees.get(commit) ?? git.treeOf(commit);
    trees.set(commit, known);
    return known;
  };
  return Promise.all(
    sources.services.map(async (service) => {
      const tags = releases.get(service.name) ?? [];
      const last = lastRelease(tags, history);
      const lastTree = last && (await treeOf(last.commit));
      return decide(service, { tree: sources.tree, history, newer, tags, lastTree, floor });
    }),
  );
}

/** The services that were named, or all. @throws Refusal for a name that no service has. */
export function assertKnown(names: readonly string[], services: readonly Service[]): void {
  const unknown = names.find((name) => !services.some((it) => it.name === name));
  if (unknown !== undefined)
    throw new Refusal(
      `there is no service ${unknown}: there are ${services.map(({ name }) => name).join(', ')}`,
    );
}

/** The image tag a chart deploys in that commit. @throws Refusal when the chart has none. */
export async function deployedTag(git: Git, commit: string, service: string): Promise<string> {
  return inValues(service, () =>
    readValues(git, commit, service).then((text) => readImageTag(text, placeOf(service).at)),
  );
}

/** The chart's values with another image. @throws Refusal */
export async function editedValues(
  git: Git,
  commit: string,
  { service, image }: { service: string; image: ImageValues },
): Promise<string> {
  return inValues(service, () =>
    readValues(git, commit, service).then((text) => editImage(text, image, placeOf(service).at)),
  );
}

async function readValues(git: Git, commit: string, service: string): Promise<string> {
  const text = await git.read(commit, valuesPath(service));
  if (text === undefined)
    throw new ValuesFault('is missing on the environment branch: add the chart and push it');
  if (text.includes('\uFFFD')) throw new ValuesFault('is not UTF-8 text');
  return text;
}

async function inValues<T>(service: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ValuesFault ? new Refusal(`${valuesPath(service)} ${error.message}`) : error;
  }
}
