import { readArguments } from '../../../scripts/bootstrap/arguments.mjs';
import { UsageError } from './settings.ts';

const shopCommands = ['start', 'stop', 'status', 'logs', 'dev', 'reset', 'seed'] as const;
export type ShopCommand = (typeof shopCommands)[number];

export interface Parsed {
  command: ShopCommand;
  flags: ReadonlySet<string>;
  names: readonly string[];
}

/** What was typed, as the bootstrap reads it too. Throws UsageError with one line. */
export function parseArguments(words: readonly string[], environment: NodeJS.ProcessEnv): Parsed {
  const typed = readArguments(words, environment);
  if (typed.kind === 'fault') throw new UsageError(typed.fault);
  if (typed.kind === 'help') throw new UsageError(typed.usage);
  const command = shopCommands.find((name) => name === typed.name);
  if (!command)
    throw new UsageError(`npm run ${typed.name} is not the shop's. Usage: ${typed.command.usage}`);
  return { command, flags: typed.flags, names: typed.names };
}
