import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runToExit } from './run.mjs';
import { findProgram, programDirectories } from './servers.mjs';

const composeFile = 'docker-compose.yaml';

/**
 * Starts the whole shop in containers and waits until all are healthy.
 * @param {string} repository
 * @param {NodeJS.ProcessEnv} environment
 * @param {ReadonlySet<string>} flags with `observe`, also what looks at it
 * @returns {Promise<{ fault: string } | { code: number }>}
 */
export async function startInDocker(repository, environment, flags) {
  const file = join(repository, composeFile);
  if (!existsSync(file))
    return {
      fault: `There is no ${composeFile} here. npm start without --docker runs the shop as processes.`,
    };
  const docker = findProgram('docker', programDirectories(environment));
  if (!docker)
    return { fault: 'docker is not on PATH. npm start without --docker runs the shop as processes.' };
  const profile = flags.has('observe') ? ['--profile', 'observability'] : [];
  return {
    code: await runToExit(docker, ['compose', '--file', file, ...profile, 'up', '--wait'], repository),
  };
}
