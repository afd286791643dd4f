import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLogged } from './run.mjs';
import { findProgram, howToGet, missingServers, programDirectories } from './servers.mjs';

/** @typedef {import('./progress.mjs').Progress} Progress */
/** @typedef {import('./servers.mjs').Server} Server */

const LISTS_ARE_OLD_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * @typedef {object} Machine
 * @property {NodeJS.ProcessEnv} environment
 * @property {readonly string[]} directories where programs are looked for
 * @property {boolean} isRoot
 * @property {NodeJS.Platform} platform
 * @property {string} policyFile Debian asks it whether a package may start its service
 * @property {string} aptLists
 * @property {string} logDir
 */

/**
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Machine}
 */
function thisMachine(environment) {
  return {
    environment,
    directories: programDirectories(environment),
    isRoot: process.getuid?.() === 0,
    platform: process.platform,
    policyFile: '/usr/sbin/policy-rc.d',
    aptLists: '/var/lib/apt/lists',
    logDir: join(import.meta.dirname, '../../.shopstack/logs'),
  };
}

/**
 * Gets the servers that this machine lacks: from Debian's packages as root or with a sudo that asks for no password.
 * @param {NodeJS.ProcessEnv} environment
 * @param {Progress} progress
 * @param {Machine} machine
 * @returns {Promise<string | undefined>} what is missing and how to get it, when it could not be installed
 */
export async function ensureServers(environment, progress, machine = thisMachine(environment)) {
  const missing = missingServers(environment, machine.directories);
  if (missing.length === 0) return undefined;
  const asRoot = await rootPrefix(machine);
  const advice = howToGet(missing, machine.platform);
  if (!asRoot || !findProgram('apt-get', machine.directories)) return advice;
  const names = missing.map(({ name }) => name).join(', ');
  const task = progress.begin(`Installing ${names}`);
  const fault = await install(missing, { machine, asRoot, note: task.note });
  task.done(fault ? 'failed' : 'done');
  if (fault) return `${fault}\n\n${advice}`;
  return missingServers(environment, machine.directories).length > 0 ? advice : undefined;
}

/**
 * The words that make a command run as root, or undefined when we may not.
 * @param {Machine} machine
 * @returns {Promise<readonly string[] | undefined>}
 */
async function rootPrefix(machine) {
  if (machine.isRoot) return [];
  const sudo = findProgram('sudo', machine.directories);
  if (!sudo) return undefined;
  const refused = await runLogged([sudo, '-n', 'true'], { logFile: join(machine.logDir, 'sudo.log') });
  return refused ? undefined : [sudo, '-n'];
}

/**
 * @param {readonly Server[]} missing
 * @param {{ machine: Machine, asRoot: readonly string[], note: (line: string) => void }} how
 * @returns {Promise<string | undefined>}
 */
async function install(missing, { machine, asRoot, note }) {
  /** @param {readonly string[]} words */
  const asRootRun = (words) => {
    const [program = '', ...rest] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', ...words];
    return runLogged([program, ...rest], {
      logFile: join(machine.logDir, `${words[0]}.log`),
      env: machine.environment,
      onLine: note,
    });
  };
  // Offline this fails and the lists at hand may still do; the installation tells.
  if (listsAreOld(machine.aptLists)) await asRootRun(['apt-get', 'update']);
  const allowStarts = await forbidServiceStarts(machine, asRootRun);
  try {
    const packages = missing.map(({ debianPackage }) => debianPackage);
    return await asRootRun(['apt-get', 'install', '--yes', '--no-install-recommends', ...packages]);
  } finally {
    await allowStarts();
  }
}

/**
 * Keeps Debian from starting the installed servers. A policy that is there already is somebody's and stays.
 * @param {Machine} machine
 * @param {(words: readonly string[]) => Promise<string | undefined>} asRootRun
 * @returns {Promise<() => Promise<unknown>>} undoes it
 */
async function forbidServiceStarts({ policyFile }, asRootRun) {
  if (existsSync(policyFile)) return async () => undefined;
  const folder = mkdtempSync(join(tmpdir(), 'shopstack-'));
  const policy = join(folder, 'policy-rc.d');
  writeFileSync(policy, '#!/bin/sh\nexit 101\n');
  await asRootRun(['install', '-m', '755', policy, policyFile]);
  const ours = readFileSync(policy, 'utf8');
  return async () => {
    rmSync(folder, { recursive: true });
    if (existsSync(policyFile) && readFileSync(policyFile, 'utf8') === ours)
      await asRootRun(['rm', policyFile]);
  };
}

/** @param {string} folder */
function listsAreOld(folder) {
  if (!existsSync(folder)) return true;
  const lists = readdirSync(folder).filter((name) => name.endsWith('Release'));
  if (lists.length === 0) return true;
  const newest = Math.max(...lists.map((name) => statSync(join(folder, name)).mtimeMs));
  return Date.now() - newest > LISTS_ARE_OLD_AFTER_MS;
}
