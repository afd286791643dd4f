// Runs on Node 20 without dependencies: gets packages and servers, then goes on with Node 24.
import { join, resolve } from 'node:path';
import { parseCommand } from './bootstrap/commands.mjs';
import { findNode24 } from './bootstrap/node24.mjs';
import { installPackages } from './bootstrap/packages.mjs';
import { openProgress } from './bootstrap/progress.mjs';
import { runToExit } from './bootstrap/run.mjs';
import { ensureServers } from './bootstrap/server-installation.mjs';

const repository = resolve(import.meta.dirname, '..');

async function main() {
  const [name, ...rest] = process.argv.slice(2);
  const command = parseCommand(name);
  if (!command) return fail(`Usage: node scripts/bootstrap.mjs ${parseCommand.usage}`, 2);
  const progress = openProgress(process.stderr);
  const [packages, servers] = await Promise.all([
    installPackages(repository, progress),
    command.needsServers ? ensureServers(process.env, progress) : undefined,
  ]).finally(() => progress.end());
  const fault = packages ?? servers;
  if (fault) return fail(fault, 1);
  const node = findNode24(repository);
  if (!node) {
    return fail(
      `ShopStack runs on Node 24; this is ${process.version}. On x64 Linux npm brings Node 24 along ` +
        '(is omit=optional set?); elsewhere install it from https://nodejs.org',
      1,
    );
  }
  return runToExit(node, [join(repository, command.entry), ...command.words, ...rest], repository);
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
