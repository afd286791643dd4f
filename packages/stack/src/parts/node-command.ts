import type { Command } from '../command.ts';
import { type Layout, repository } from '../layout.ts';

/** README.md has the measurements. */
const smallHeap = ['--max-old-space-size=256', '--max-semi-space-size=4'];

/** Runs a TypeScript file on this Node, from the repository's root, with the compile cache of the data folder. */
export function nodeCommand(
  file: string,
  options: { layout: Layout; env: Record<string, string>; whenWeDie: Command['whenWeDie'] },
): Command {
  return {
    program: process.execPath,
    args: [...smallHeap, '--disable-warning=ExperimentalWarning', file],
    env: {
      NODE_COMPILE_CACHE: options.layout.folder('cache', 'node'),
      MALLOC_ARENA_MAX: '2',
      ...options.env,
    },
    cwd: repository,
    whenWeDie: options.whenWeDie,
  };
}
