import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from './browser.mjs';
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
 * Asked before anything is begun.
 * @param {readonly Server[]} wanted
 * @param {NodeJS.ProcessEnv} environment
 * @param {Machine} machine
 * @returns {Promise<string | undefined>} what is missing and how to get it, when we cannot install it
 */
export async function serversOutOfReach(wanted, environment, machine = thisMachine(environment)) {
  const missing = missingServers(wanted, environment, machine.directories);
  if (missing.length === 0 || (await rootPrefix(machine))) return undefined;
  return howToGet(missing, machine.platform);
}

/**
 * Gets the wanted servers that this machine lacks: from Debian's packages as root or with a sudo that asks for no password.
 * @param {readonly Server[]} wanted
 * @param {NodeJS.ProcessEnv} environment
 * @param {Progress} progress
 * @param {Machine} machine
 * @returns {Promise<string | undefined>} what is missing and how to get it, when it could not be installed
 */
export async function ensureServers(wanted, environment, progress, machine = thisMachine(environment)) {
  const missing = missingServers(wanted, environment, machine.directories);
  if (missing.length === 0) return undefined;
  const asRoot = await rootPrefix(machine);
  const advice = howToGet(missing, machine.platform);
  if (!asRoot) return advice;
  const names = missing.map(({ name }) => name).join(', ');
  const packages = missing.map(({ debianPackage }) => debianPackage);
  const fault = await install(packages, { machine, asRoot, task: progress.begin(`Installing ${names}`) });
  if (fault) return `${fault}\n\n${advice}`;
  return missingServers(wanted, environment, machine.directories).length > 0 ? advice : undefined;
}

/**
 * Gets a Chromium in the same way. The tests that need one say so when there is none, so nothing is answered.
 * @param {NodeJS.ProcessEnv} environment
 * @param {Progress} progress
 * @param {Machine} machine
 */
export async function ensureBrowser(environment, progress, machine = thisMachine(environment)) {
  if (findBrowser(environment, machine.directories)) return;
  const asRoot = await rootPrefix(machine);
  if (!asRoot) return;
  for (const name of ['chromium-headless-shell', 'chromium']) {
    const task = progress.begin(`Installing ${name} for the browser tests`);
    if (!(await install([name], { machine, asRoot, task }))) return;
  }
}

/**
 * The words that make apt-get run as root, or undefined when there is none or we may not.
 * @param {Machine} machine
 * @returns {Promise<readonly string[] | undefined>}
 */
async function rootPrefix(machine) {
  if (!findProgram('apt-get', machine.directories)) return undefined;
  if (machine.isRoot) return [];
  const sudo = findProgram('sudo', machine.directories);
  if (!sudo) return undefined;
  const refused = await runLogged([sudo, '-n', 'true'], { logFile: join(machine.logDir, 'sudo.log') });
  return refused ? undefined : [sudo, '-n'];
}

/**
 * @param {readonly string[]} packages
 * @param {{ machine: Machine, asRoot: readonly string[], task: ReturnType<Progress['begin']> }} how
 * @returns {Promise<string | undefined>}
 */
async function install(packages, { machine, asRoot, task }) {
  /** @param {readonly string[]} words */
  const asRootRun = (words) => {
    const [program = '', ...rest] = [
      ...asRoot,
      'env',
      'DEBIAN_FRONTEND=noninteractive',
      'LC_ALL=C',
      ...words,
    ];
    return runLogged([program, ...rest], {
      logFile: join(machine.logDir, words[0] === 'apt-get' ? 'apt-get.log' : 'policy-rc.d.log'),
      env: machine.environment,
      onLine: task.note,
    });
  };
  const allowInterruption = deferSignals();
  // Offline this fails and the lists at hand may still do; the installation tells.
  if (listsAreOld(machine.aptLists)) await asRootRun(['apt-get', 'update']);
  const allowStarts = await forbidServiceStarts(machine, asRootRun);
  const fault = await asRootRun([...aptInstall, ...packages]);
  await allowStarts();
  task.done(fault ? 'failed' : 'done');
  allowInterruption();
  return fault;
}

/** Another apt-get, like the nightly upgrade's, may hold dpkg's lock for a while. */
const aptInstall = [
  'apt-get',
  '-o',
  'DPkg::Lock::Timeout=120',
  'install',
  '--yes',
  '--no-install-recommends',
];

/**
 * Lets an installation clean up after itself before a signal ends us; Ctrl-C reaches apt-get by itself.
 * @returns {() => void} ends us when there was a signal
 */
function deferSignals() {
  /** @type {NodeJS.Signals | undefined} */
  let received;
  /** @param {NodeJS.Signals} signal */
  const keep = (signal) => {
    received = signal;
  };
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, keep);
  return () => {
    for (const signal of signals) process.off(signal, keep);
    if (received) process.kill(process.pid, received);
  };
}

const ourPolicy =
  '#!/bin/sh\n# ShopStack wrote this while it installed packages; it may be removed.\nexit 101\n';

/**
 * Keeps Debian from starting the installed servers. A policy that is there already is somebody's and stays, unless it
 * is what a killed installation of ours has left.
 * @param {Machine} machine
 * @param {(words: readonly string[]) => Promise<string | undefined>} asRootRun
 * @returns {Promise<() => Promise<unknown>>} undoes it
 */
async function forbidServiceStarts({ policyFile }, asRootRun) {
  const isOurs = () => readFileSync(policyFile, 'utf8') === ourPolicy;
  if (existsSync(policyFile) && !isOurs()) return async () => undefined;
  const folder = mkdtempSync(join(tmpdir(), 'shopstack-'));
  const policy = join(folder, 'policy-rc.d');
  writeFileSync(policy, ourPolicy);
  await asRootRun(['install', '-m', '755', policy, policyFile]);
  return async () => {
    rmSync(folder, { recursive: true });
    if (existsSync(policyFile) && isOurs()) await asRootRun(['rm', policyFile]);
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
