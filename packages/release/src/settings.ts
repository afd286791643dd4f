import { z } from 'zod';
import { isVersion } from './domain/version.ts';
import { Refusal } from './refusal.ts';

export const environments = ['staging', 'preprod'] as const;
export type Environment = (typeof environments)[number];

/** The branch Argo CD follows for an environment. */
export function branchOf(environment: Environment): string {
  return `k8s/${environment}`;
}

const blankIsMissing = (value: unknown) => (value === '' ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsMissing, schema.optional());
const word = z.string().regex(/^[a-z0-9][a-z0-9._/-]*$/, 'must be lower-case letters, digits and . _ - /');
const webAddress = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });
const words = z.string().transform((text) => text.split(/\s+/).filter(Boolean));
const list = z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean));
const seconds = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a number of seconds')
  .transform(Number);
const withDefault = <T extends z.ZodType>(schema: T, value: string) =>
  z.preprocess((given) => (given === '' || given === undefined ? value : given), schema);

const schema = z.object({
  REPO: withDefault(word, 'shopstack'),
  PROJECT: withDefault(word, 'shopstack'),
  TAG: optional(z.string().refine(isVersion, 'must be a version like 1.0.0')),
  TARGET_BRANCH: z.enum(['k8s/staging', 'k8s/preprod'], { error: 'must be k8s/staging or k8s/preprod' }),
  AWS_ACCOUNT_ID: optional(z.string().regex(/^\d{12}$/, 'must have 12 digits')),
  AWS_REGION: optional(z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region like eu-west-1')),
  AWS_DEFAULT_REGION: optional(
    z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region like eu-west-1'),
  ),
  SLACK_WEBHOOK_URL: optional(webAddress),
  SLACK_WEBHOOK_URL_STAGING: optional(webAddress),
  SLACK_WEBHOOK_URL_PREPROD: optional(webAddress),
  GIT_REMOTE: withDefault(z.string().regex(/^[\w][\w./-]*$/, 'must be the name of a remote'), 'origin'),
  PLATFORMS: withDefault(
    z.string().regex(/^linux\/\w+(,linux\/\w+)*$/, 'must be like linux/amd64,linux/arm64'),
    'linux/amd64,linux/arm64',
  ),
  CHECK_COMMAND: withDefault(words, 'npm run check'),
  TEST_COMMAND: withDefault(words, 'npm test -- --testPathPatterns {folders}'),
  SET_REPOSITORY: withDefault(z.enum(['true', 'false'], { error: 'must be true or false' }), 'false'),
  SCAN_ALLOW: withDefault(list, ''),
  SCAN_TIMEOUT_SECONDS: withDefault(seconds, '600'),
  BUILD_URL: optional(webAddress),
  CODEBUILD_BUILD_ID: optional(z.string()),
});

export type Settings = ReturnType<typeof readSettings>;

/** Every variable of the tool. Values never appear in the refusal: some are secret. @throws Refusal naming all faults. */
export function readSettings(environment: NodeJS.ProcessEnv) {
  const parsed = schema.safeParse({ ...environment, TARGET_BRANCH: targetBranch(environment) });
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    throw new Refusal(`${faults.join('; ')}. See packages/release/README.md, Variables`);
  }
  const it = parsed.data;
  return {
    repo: it.REPO,
    project: it.PROJECT,
    floor: it.TAG,
    environment: it.TARGET_BRANCH === 'k8s/preprod' ? ('preprod' as const) : ('staging' as const),
    accountId: it.AWS_ACCOUNT_ID,
    region: it.AWS_REGION ?? it.AWS_DEFAULT_REGION,
    slack: {
      staging: it.SLACK_WEBHOOK_URL_STAGING ?? it.SLACK_WEBHOOK_URL,
      preprod: it.SLACK_WEBHOOK_URL_PREPROD ?? it.SLACK_WEBHOOK_URL,
    },
    remote: it.GIT_REMOTE,
    platforms: it.PLATFORMS,
    checkCommand: it.CHECK_COMMAND,
    testCommand: it.TEST_COMMAND,
    setRepository: it.SET_REPOSITORY === 'true',
    scanAllowed: new Set(it.SCAN_ALLOW),
    scanTimeoutMs: it.SCAN_TIMEOUT_SECONDS * 1000,
    buildUrl: it.BUILD_URL,
    buildId: it.CODEBUILD_BUILD_ID,
  };
}

/** One CodeBuild project serves both branches: the pushed one is the target unless another is named. */
function targetBranch({ TARGET_BRANCH, CODEBUILD_WEBHOOK_HEAD_REF }: NodeJS.ProcessEnv): string {
  return TARGET_BRANCH || CODEBUILD_WEBHOOK_HEAD_REF?.replace(/^refs\/heads\//, '') || 'k8s/staging';
}

export interface Registry {
  accountId: string;
  region: string;
  host: string;
}

/** Where images are kept. @throws Refusal naming what is missing. */
export function registryOf({ accountId, region }: Settings): Registry {
  const missing = [
    ...(accountId === undefined ? ['AWS_ACCOUNT_ID'] : []),
    ...(region === undefined ? ['AWS_REGION'] : []),
  ];
  if (accountId === undefined || region === undefined)
    throw new Refusal(
      `${missing.join(' and ')} not set: they say which ECR takes the images. Set and run again`,
    );
  return { accountId, region, host: `${accountId}.dkr.ecr.${region}.amazonaws.com` };
}

/** The ECR repository of a service: `shopstack/shopstack-cart`. */
export function repositoryName({ repo, project }: Settings, service: string): string {
  return `${repo}/${project}-${service}`;
}
