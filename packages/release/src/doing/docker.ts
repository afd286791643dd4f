import { Refusal } from '../refusal.ts';
import type { Registry } from '../settings.ts';
import type { Aws } from './aws.ts';
import { lastLine, type Run } from './program.ts';

const builder = 'shopstack-release';

export interface Build {
  dockerfile: string;
  image: string;
  platforms: string;
  labels: Readonly<Record<string, string>>;
  arguments: Readonly<Record<string, string>>;
  root: string;
  onLine: (line: string) => void;
}

/** Signs docker in to ECR; the password goes through standard input only. @throws Refusal */
export async function signDockerIn(run: Run, aws: Aws, { host, region }: Registry): Promise<void> {
  const password = await aws('ecr', 'get-login-password');
  if (password.kind === 'fault')
    throw new Refusal(
      `ECR in ${region} gives no password (${password.why}): the role needs ecr:GetAuthorizationToken`,
    );
  const words = ['login', '--username', 'AWS', '--password-stdin', host];
  const outcome = await run('docker', words, { input: password.text.trim() });
  if (outcome.code !== 0) throw new Refusal(`docker cannot sign in to ECR: ${lastLine(outcome)}`);
}

/** Several platforms and attestations need a builder of their own: Docker's default one has neither. */
export async function ensureBuilder(run: Run): Promise<void> {
  const known = await run('docker', ['buildx', 'inspect', builder]);
  if (known.code === 0) return;
  const made = await run('docker', ['buildx', 'create', '--name', builder, '--driver', 'docker-container']);
  if (made.code !== 0) throw new Refusal(`docker buildx cannot make a builder: ${lastLine(made)}`);
}

/** Builds for every platform with SBOM and provenance, and pushes. @throws Error with docker's last line. */
export async function buildAndPush(run: Run, build: Build): Promise<void> {
  const pairs = (flag: string, values: Readonly<Record<string, string>>) =>
    Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`]);
  const words = [
    'buildx',
    'build',
    ...['--builder', builder, '--progress', 'plain', '--platform', build.platforms],
    ...['--file', build.dockerfile, '--tag', build.image],
    ...[...pairs('--label', build.labels), ...pairs('--build-arg', build.arguments)],
    ...['--sbom=true', '--provenance=mode=max', '--push', '.'],
  ];
  const outcome = await run('docker', words, { cwd: build.root, onLine: build.onLine });
  if (outcome.code !== 0) throw new Error(`docker could not build ${build.image}: ${lastLine(outcome)}`);
}
