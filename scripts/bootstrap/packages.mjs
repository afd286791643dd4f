import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runLogged } from './run.mjs';

/** @typedef {import('./progress.mjs').Progress} Progress */

/**
 * Which packages: those that are there, those that the shop runs on, or those of its tests and checks too.
 * @typedef {'any' | 'production' | 'all'} Extent
 */

const LOCK_FILE = 'package-lock.json';
/** node_modules and npm's cache together, rounded up. */
const ROOM_MB = { any: 1000, production: 1000, all: 1500 };

/**
 * Whether node_modules has these packages as the lock file says, as far as we have installed it ourselves.
 * @param {string} repository
 * @param {Extent} extent
 */
export function packagesAreCurrent(repository, extent) {
  const installed = readStamp(repository);
  if (!installed || extent === 'any') return installed !== undefined;
  return installed.hash === lockHash(repository) && (installed.extent === 'all' || extent === 'production');
}

/**
 * Installs the npm packages when the lock file has changed since the last time, or when more of them are needed.
 * @param {string} repository
 * @param {Extent} extent
 * @param {Progress} progress
 * @returns {Promise<string | undefined>} what went wrong
 */
export async function installPackages(repository, extent, progress) {
  if (packagesAreCurrent(repository, extent)) return undefined;
  const { words, all } = howToInstall(repository, extent);
  const cramped = roomFault(freeMegabytes(repository), all ? 'all' : 'production');
  if (cramped) return cramped;
  const task = progress.begin(
    all ? 'Installing npm packages' : 'Installing the npm packages that the shop runs on',
  );
  const fault = await runLogged(['npm', ...words, ...quietly], {
    cwd: repository,
    env: withoutNpmSettings(process.env),
    logFile: join(repository, '.shopstack/logs/npm-ci.log'),
    onLine: task.note,
  });
  if (!fault) writeFileSync(stampFile(repository), `${lockHash(repository)}${all ? '' : ' production'}\n`);
  task.done(fault ? 'failed' : 'done');
  return fault;
}

const quietly = [
  '--include=optional',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--prefer-offline',
  '--loglevel=error',
];

/**
 * `npm ci` begins with an empty folder. What only adds to an installation must not: the shop may be running on it.
 * Packages that somebody installed by hand may be used for more than running the shop.
 * @param {string} repository
 * @param {Extent} extent
 */
function howToInstall(repository, extent) {
  const installed = readStamp(repository);
  const byHand = !installed && existsSync(join(repository, 'node_modules/.package-lock.json'));
  const all = extent === 'all' || byHand || installed?.extent === 'all';
  if (installed?.extent === 'production' && installed.hash === lockHash(repository))
    return { words: ['install', '--no-save', '--include=dev'], all };
  return { words: ['ci', all ? '--include=dev' : '--omit=dev'], all };
}

/**
 * @param {number} freeMb
 * @param {Extent} extent
 * @returns {string | undefined}
 */
export function roomFault(freeMb, extent) {
  const needed = ROOM_MB[extent];
  if (freeMb >= needed) return undefined;
  return `The npm packages need about ${needed} MB of disk; only ${Math.floor(freeMb)} MB are free here. Nothing was installed.`;
}

/** @param {string} folder */
function freeMegabytes(folder) {
  const { bavail, bsize } = statfsSync(folder);
  return (bavail * bsize) / 1024 / 1024;
}

/** @param {string} repository */
const stampFile = (repository) => join(repository, 'node_modules/.shopstack-lock');

/**
 * @param {string} repository
 * @returns {{ hash: string, extent: Extent } | undefined}
 */
function readStamp(repository) {
  const stamp = stampFile(repository);
  if (!existsSync(stamp)) return undefined;
  const [hash = '', extent] = readFileSync(stamp, 'utf8').trim().split(' ');
  return { hash, extent: extent === 'production' ? 'production' : 'all' };
}

/** @param {string} repository */
const lockHash = (repository) =>
  createHash('sha256')
    .update(readFileSync(join(repository, LOCK_FILE)))
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
