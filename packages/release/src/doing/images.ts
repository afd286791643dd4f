import { fingerprint, inputsOf } from '../domain/inputs.ts';
import { nextPatch } from '../domain/version.ts';
import type { Service, Tree } from '../domain/workspaces.ts';
import { Refusal } from '../refusal.ts';
import type { Registry } from '../settings.ts';
import type { Aws } from './aws.ts';
import { buildAndPush, ensureBuilder, signDockerIn } from './docker.ts';
import { claimTag, findImage } from './ecr.ts';
import type { Run } from './program.ts';
import { passScan } from './scan.ts';

export interface ImageWork {
  run: Run;
  aws: Aws;
  registry: Registry;
  repositoryOf: (service: string) => string;
  root: string;
  tree: Tree;
  platforms: string;
  /** The commit, and what its labels say about it. */
  revision: string;
  labels: Readonly<Record<string, string>>;
  scanAllowed: ReadonlySet<string>;
  scanTimeoutMs: number;
  say: (line: string) => void;
  onLine: (line: string) => void;
}
export interface WantedImage {
  service: Service;
  version: string;
}
export interface PreparedImage {
  service: Service;
  repository: string;
  digest: string;
}

const versionsToTry = 50;

/** The name an image has before it has a version: what was built, not when. */
function sourceTag(service: Service, tree: Tree): string {
  return `source-${fingerprint(inputsOf(service, tree))}`;
}

/** Images of all services, built where missing, then scanned. Docker is needed only when one is missing. */
export async function prepareImages(
  work: ImageWork,
  wanted: readonly WantedImage[],
): Promise<PreparedImage[]> {
  const prepared: PreparedImage[] = [];
  let ready = false;
  for (const { service, version } of wanted) {
    const repository = work.repositoryOf(service.name);
    const tag = sourceTag(service, work.tree);
    const known = await findImage(work.aws, repository, tag);
    if (known === undefined && !ready) {
      await signDockerIn(work.run, work.aws, work.registry);
      await ensureBuilder(work.run);
      ready = true;
    }
    if (known !== undefined) work.say(`${service.name}: ${tag} is in ECR already, not built again`);
    const digest = known ?? (await build(work, { service, version, repository, tag }));
    prepared.push({ service, repository, digest });
  }
  for (const { service, repository, digest } of prepared) {
    work.say(`${service.name}: waiting for the scan`);
    const { scanAllowed: allowed, scanTimeoutMs: timeoutMs, say } = work;
    await passScan(work.aws, { repository, digest, allowed, timeoutMs, say });
  }
  return prepared;
}

/** Gives the image the version, or the next one that no other image has. @returns the version it got */
export async function claimVersion(
  { aws, say }: Pick<ImageWork, 'aws' | 'say'>,
  { service, repository, digest }: PreparedImage,
  wanted: string,
): Promise<string> {
  let version = wanted;
  for (let tried = 0; tried < versionsToTry; tried += 1) {
    if (await claimTag(aws, repository, { digest, tag: version })) return version;
    say(`${service.name}: ${version} is another image in ECR, taking the next`);
    version = nextPatch(version);
  }
  throw new Refusal(`${repository} has an image under every version from ${wanted}: set TAG to a higher one`);
}

interface BuildTask extends WantedImage {
  repository: string;
  tag: string;
}

async function build(work: ImageWork, { service, version, repository, tag }: BuildTask): Promise<string> {
  const image = `${work.registry.host}/${repository}:${tag}`;
  work.say(`${service.name}: building for ${work.platforms}`);
  const { root, platforms, labels, onLine, revision } = work;
  try {
    await buildAndPush(work.run, {
      ...{ root, platforms, onLine, image, labels },
      arguments: { VERSION: version, REVISION: revision },
      dockerfile: `${service.folder}/Dockerfile`,
    });
  } catch (error) {
    // A run beside this one may have pushed the same sources first; an immutable tag is taken once.
    if ((await findImage(work.aws, repository, tag)) === undefined) throw error;
  }
  const digest = await findImage(work.aws, repository, tag);
  if (digest === undefined) throw new Error(`docker pushed ${image}, but ECR does not have it`);
  return digest;
}
