import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from '../command.ts';
import { repository } from '../layout.ts';
import type { Part } from '../part.ts';

const folder = join(repository, 'web');
/** The built pages. */
export const spaRoot = join(folder, 'dist');
const stamp = join(spaRoot, '.built-from');
const sources = [
  'web/{index.html,package.json,vite.config.ts,tsconfig.json}',
  'web/{src,public}/**/*',
  'packages/contracts/src/**/*',
  'package-lock.json',
];

/** Builds the pages when one of their sources has changed since the last time. */
export function webPart(): Part {
  return {
    name: 'web',
    listens: [],
    needs: [],
    ...(existsSync(join(folder, 'index.html')) ? {} : { absent: 'web has no index.html' }),
    prepare: async ({ say, run }) => {
      const hash = sourcesHash();
      if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
      say('building the pages');
      await run(buildCommand);
      writeFileSync(stamp, hash);
    },
    readyWithinMs: 0,
    stopWithinMs: 0,
  };
}

const buildCommand: Command = {
  program: process.execPath,
  label: 'vite build',
  args: [join(repository, 'node_modules/vite/bin/vite.js'), 'build'],
  env: {},
  cwd: folder,
  whenWeDie: 'SIGKILL',
};

function sourcesHash(): string {
  const hash = createHash('sha256');
  const files = globSync(sources, { cwd: repository, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(file));
  return hash.digest('hex');
}
