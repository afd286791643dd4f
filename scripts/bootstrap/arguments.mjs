import { parseArgs } from 'node:util';
import { commands } from './commands.mjs';

/** @typedef {import('./commands.mjs').Command} Command */

/**
 * @typedef {{ kind: 'go', name: string, command: Command, flags: ReadonlySet<string>, names: readonly string[] }} Go
 * @typedef {Go | { kind: 'help', usage: string } | { kind: 'fault', fault: string }} Reading
 */

/**
 * What was typed. npm keeps `--detach` and `-f` for itself when the `--` is forgotten, and tells us in the environment.
 * @param {readonly string[]} words
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Reading}
 */
export function readArguments([name, ...rest], environment) {
  const command = name === undefined ? undefined : commands.get(name);
  if (name === undefined || !command) {
    const known = [...commands.keys()].join(' | ');
    return { kind: 'fault', fault: `${name ?? 'nothing'} is not a command. Usage: ${known}` };
  }
  if (rest.includes('--help') || rest.includes('-h'))
    return { kind: 'help', usage: `Usage: ${command.usage}` };
  if (command.takes === 'anything') return { kind: 'go', name, command, flags: new Set(), names: rest };
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      options: optionsOf(command),
      allowPositionals: command.takes === 'names',
    });
    const keptByNpm = Object.keys(command.flags).filter((flag) => npmKept(flag, environment));
    return {
      kind: 'go',
      name,
      command,
      flags: new Set([...Object.keys(values), ...keptByNpm]),
      names: positionals,
    };
  } catch {
    return { kind: 'fault', fault: `${rest.join(' ')} is not understood. Usage: ${command.usage}` };
  }
}

/** @param {Command} command */
const optionsOf = ({ flags }) =>
  Object.fromEntries(
    Object.entries(flags).map(([flag, short]) => [
      flag,
      { type: /** @type {const} */ ('boolean'), ...(short === undefined ? {} : { short }) },
    ]),
  );

/**
 * @param {string} flag
 * @param {NodeJS.ProcessEnv} environment
 */
function npmKept(flag, environment) {
  const variable = flag === 'follow' ? 'npm_config_force' : `npm_config_${flag}`;
  return environment[variable] === 'true';
}
