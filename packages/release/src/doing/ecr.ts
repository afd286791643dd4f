import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import type { Aws, AwsFault } from './aws.ts';

const described = z.object({
  imageDetails: z.array(z.object({ imageDigest: z.string() })),
});
const fetched = z.object({
  images: z.array(z.object({ imageManifest: z.string(), imageManifestMediaType: z.string().optional() })),
});
const index = z.object({
  manifests: z
    .array(z.object({ digest: z.string(), platform: z.object({ os: z.string() }).optional() }))
    .optional(),
});

const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** The digest of the image under that tag; undefined when there is none. */
export async function findImage(aws: Aws, repository: string, tag: string): Promise<string | undefined> {
  const words = ['--repository-name', repository, '--image-ids', `imageTag=${tag}`];
  const answer = await aws('ecr', 'describe-images', ...words);
  if (answer.kind === 'answer') return described.parse(JSON.parse(answer.text)).imageDetails[0]?.imageDigest;
  if (answer.code === 'ImageNotFoundException') return undefined;
  throw ecrFault(repository, answer);
}

/** The digests that a scan looks at: one per platform. Attestations (SBOM, provenance) have no platform. */
export async function platformDigests(aws: Aws, repository: string, digest: string): Promise<string[]> {
  const { imageManifest } = await getManifest(aws, repository, digest);
  const { manifests } = index.parse(JSON.parse(imageManifest));
  if (!manifests) return [digest];
  return manifests.filter(({ platform }) => platform?.os !== 'unknown').map((it) => it.digest);
}

/**
 * Gives the image a second tag. ECR takes a tag of an immutable repository once, so of two releases that want the same
 * version one gets it: false says that the tag is another image's.
 */
export async function claimTag(
  aws: Aws,
  repository: string,
  { digest, tag }: { digest: string; tag: string },
): Promise<boolean> {
  const present = await findImage(aws, repository, tag);
  if (present !== undefined) return present === digest;
  const { imageManifest, imageManifestMediaType } = await getManifest(aws, repository, digest);
  const mediaType = imageManifestMediaType ? ['--image-manifest-media-type', imageManifestMediaType] : [];
  const words = ['--repository-name', repository, '--image-tag', tag, '--image-manifest', imageManifest];
  const answer = await aws('ecr', 'put-image', ...words, ...mediaType);
  if (answer.kind === 'answer' || answer.code === 'ImageAlreadyExistsException') return true;
  if (answer.code === 'ImageTagAlreadyExistsException')
    return (await findImage(aws, repository, tag)) === digest;
  throw ecrFault(repository, answer);
}

async function getManifest(aws: Aws, repository: string, digest: string) {
  const answer = await aws(
    'ecr',
    'batch-get-image',
    ...['--repository-name', repository, '--image-ids', `imageDigest=${digest}`],
    ...['--accepted-media-types', ...manifestTypes],
  );
  if (answer.kind === 'fault') throw ecrFault(repository, answer);
  const [image] = fetched.parse(JSON.parse(answer.text)).images;
  if (!image) throw new Error(`ECR has no manifest ${digest} in ${repository}`);
  return image;
}

export function ecrFault(repository: string, { code, why }: AwsFault): Error {
  if (code === 'RepositoryNotFoundException')
    return new Refusal(
      `ECR has no repository ${repository}: terraform apply makes it; check REPO and PROJECT`,
    );
  return new Error(`ECR refuses (${why})`);
}
