/**
 * @typedef {object} Command
 * @property {string} entry the TypeScript file that does it, from the repository's root
 * @property {readonly string[]} words its first arguments
 * @property {boolean} needsServers
 */

const cli = 'packages/stack/src/cli.ts';

/** @type {ReadonlyMap<string, Command>} */
const commands = new Map([
  ['start', { entry: cli, words: ['start'], needsServers: true }],
  ['dev', { entry: cli, words: ['dev'], needsServers: true }],
  ['stop', { entry: cli, words: ['stop'], needsServers: false }],
  ['status', { entry: cli, words: ['status'], needsServers: false }],
  ['logs', { entry: cli, words: ['logs'], needsServers: false }],
  ['reset', { entry: cli, words: ['reset'], needsServers: false }],
  ['seed', { entry: cli, words: ['seed'], needsServers: false }],
  ['test', { entry: 'scripts/test.ts', words: [], needsServers: true }],
  ['check', { entry: 'scripts/check.ts', words: [], needsServers: false }],
]);

/** @param {string | undefined} name */
export function parseCommand(name) {
  return name === undefined ? undefined : commands.get(name);
}

parseCommand.usage = [...commands.keys()].join(' | ');
