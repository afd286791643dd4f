// Runs on Node 20 without dependencies: gets packages and servers, then goes on with Node 24.
import { join, resolve } from 'node:path';
import { readArguments } from './bootstrap/arguments.mjs';
import { startInDocker } from './bootstrap/docker.mjs';
import { findNode24 } from './bootstrap/node24.mjs';
import { installPackages } from './bootstrap/packages.mjs';
import { openProgress } from './bootstrap/progress.mjs';
import { runToExit } from './bootstrap/run.mjs';
import { ensureBrowser, ensureServers, serversOutOfReach } from './bootstrap/server-installation.mjs';
import { neededServers } from './bootstrap/servers.mjs';

/** @typedef {import('./bootstrap/commands.mjs').Command} Command */

const repository = resolve(import.meta.dirname, '..');

async function main() {
  const words = process.argv.slice(2);
  const typed = readArguments(words, process.env);
  if (typed.kind === 'fault') return fail(typed.fault, 2);
  if (typed.kind === 'help') {
    process.stdout.write(`${typed.usage}\n`);
    return 0;
  }
  const { command, flags } = typed;
  if (flags.has('docker')) {
    const outcome = await startInDocker(repository, process.env, flags);
    return 'fault' in outcome ? fail(outcome.fault, 1) : outcome.code;
  }
  const fault = await prepare(command, flags);
  if (fault) return fail(fault, 1);
  const node = findNode24(repository);
  if (!node) {
    return fail(
      `ShopStack runs on Node 24; this is ${process.version}. On x64 Linux npm brings Node 24 along ` +
        '(is this another machine?); elsewhere install it from https://nodejs.org',
      1,
    );
  }
  return runToExit(node, [join(repository, command.entry), ...command.words, ...words.slice(1)], repository);
}

/**
 * Gets what the command needs; before anything is begun, tells what cannot be had.
 * @param {Command} command
 * @param {ReadonlySet<string>} flags
 * @returns {Promise<string | undefined>} what went wrong
 */
async function prepare(command, flags) {
  const { needsBrowser, packages } = command;
  const wanted = neededServers(command, flags);
  const outOfReach = await serversOutOfReach(wanted, process.env);
  if (outOfReach) return outOfReach;
  const progress = openProgress(process.stderr);
  const programs = async () => {
    const fault = await ensureServers(wanted, process.env, progress);
    if (!fault && needsBrowser) await ensureBrowser(process.env, progress);
    return fault;
  };
  const faults = await Promise.all([installPackages(repository, packages, progress), programs()]).finally(
    () => progress.end(),
  );
  return faults.find((fault) => fault !== undefined);
}

/**
 * @param {string} message
 * @param {number} code
 */
function fail(message, code) {
  process.stderr.write(`${message}\n`);
  return code;
}

process.exitCode = await main();
