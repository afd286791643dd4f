import type { Command } from '../command.ts';
import { type Layout, repository } from '../layout.ts';

/** README.md has the measurements. */
const smallHeap = ['--max-old-space-size=256', '--max-semi-space-size=4'];

/** Runs a TypeScript file on this Node, from the repository's root, with the surrounding compile cache or else the data folder's. */
export function nodeCommand(
  file: string,
  options: {
    layout: Layout;
    env: Record<string, string>;
    whenWeDie: Command['whenWeDie'];
    /** Loaded before the file. */
    preload?: string;
  },
): Command {
  return {
    program: process.execPath,
    args: [
      ...smallHeap,
      '--disable-warning=ExperimentalWarning',
      ...(options.preload === undefined ? [] : [`--import=${options.preload}`]),
      file,
    ],
    env: {
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? options.layout.folder('cache', 'node'),
      MALLOC_ARENA_MAX: '2',
      // By this a process that was left behind is known as this shop's.
      SHOP_DATA_DIR: options.layout.dataDir,
      ...options.env,
    },
    cwd: repository,
    whenWeDie: options.whenWeDie,
  };
}
