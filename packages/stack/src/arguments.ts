import { parseArgs } from 'node:util';
import { UsageError } from './settings.ts';

const commands = {
  start: { flags: { detach: 'd' }, usage: 'npm start [-- --detach]' },
  stop: { flags: {}, usage: 'npm stop' },
  status: { flags: {}, usage: 'npm run status' },
  logs: { flags: { follow: 'f' }, usage: 'npm run logs <part>… [-- -f]' },
  dev: { flags: {}, usage: 'npm run dev' },
  reset: { flags: {}, usage: 'npm run reset' },
  seed: { flags: {}, usage: 'npm run seed' },
} as const;

export type CommandName = keyof typeof commands;

export interface Parsed {
  command: CommandName;
  flags: ReadonlySet<string>;
  names: readonly string[];
}

const isCommand = (text: string | undefined): text is CommandName => text !== undefined && text in commands;

/**
 * What was typed. npm keeps `--detach` and `-f` for itself when the `--` is forgotten, and tells us in the environment.
 * Throws UsageError with one line.
 */
export function parseArguments(words: readonly string[], environment: NodeJS.ProcessEnv): Parsed {
  const [command, ...rest] = words;
  if (!isCommand(command)) {
    throw new UsageError(
      `${command ?? 'nothing'} is not a command. Usage: ${Object.keys(commands).join(' | ')}`,
    );
  }
  const { flags, usage } = commands[command];
  const options = Object.fromEntries(
    Object.entries(flags).map(([flag, short]) => [flag, { type: 'boolean' as const, short }]),
  );
  try {
    const takesNames = command === 'logs';
    const { values, positionals } = parseArgs({ args: rest, options, allowPositionals: takesNames });
    const typed = Object.keys(values);
    const keptByNpm = Object.keys(options).filter((flag) => npmKept(flag, environment));
    return { command, flags: new Set([...typed, ...keptByNpm]), names: positionals };
  } catch {
    throw new UsageError(`${rest.join(' ')} is not understood. Usage: ${usage}`);
  }
}

function npmKept(flag: string, environment: NodeJS.ProcessEnv): boolean {
  const variable = flag === 'follow' ? 'npm_config_force' : `npm_config_${flag}`;
  return environment[variable] === 'true';
}
