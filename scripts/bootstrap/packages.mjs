import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runLogged } from './run.mjs';

/** @typedef {import('./progress.mjs').Progress} Progress */

/**
 * Whether node_modules is what the lock file says, as far as we have installed it ourselves.
 * @param {string} repository
 */
export function packagesAreCurrent(repository) {
  const stamp = stampFile(repository);
  return existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === lockHash(repository);
}

/**
 * Installs the npm packages when the lock file has changed since the last time.
 * @param {string} repository
 * @param {Progress} progress
 * @returns {Promise<string | undefined>} what went wrong
 */
export async function installPackages(repository, progress) {
  if (packagesAreCurrent(repository)) return undefined;
  const task = progress.begin('Installing npm packages');
  const fault = await runLogged(['npm', 'ci'], {
    cwd: repository,
    env: withoutNpmSettings(process.env),
    logFile: join(repository, '.shopstack/logs/npm-ci.log'),
    onLine: task.note,
  });
  if (!fault) writeFileSync(stampFile(repository), `${lockHash(repository)}\n`);
  task.done(fault ? 'failed' : 'done');
  return fault;
}

/** @param {string} repository */
const stampFile = (repository) => join(repository, 'node_modules/.shopstack-lock');

/** @param {string} repository */
const lockHash = (repository) =>
  createHash('sha256')
    .update(readFileSync(join(repository, 'package-lock.json')))
    .digest('hex');

/**
 * What the outer `npm start` was told (say --force) is not meant for the installation.
 * @param {NodeJS.ProcessEnv} environment
 */
function withoutNpmSettings(environment) {
  const meant = /^npm_config_(registry|cache|userconfig|globalconfig|proxy|https_proxy|noproxy|cafile)$/i;
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/^npm_/i.test(name) || meant.test(name)),
  );
}
