import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const repository = join(import.meta.dirname, '../..');

export interface Tree {
  /** Runs one of the repository's tools in the tree. */
  run: (program: string, args: readonly string[]) => { code: number; output: string };
  remove: () => void;
}

/** A folder that looks like this repository: the given files under copies of its settings. */
export function plantTree(options: {
  files: Readonly<Record<string, string>>;
  settings: readonly string[];
  /** Packages of node_modules that are the real ones. */
  linked?: readonly string[];
}): Tree {
  const root = mkdtempSync(join(tmpdir(), 'planted-'));
  const place = (path: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    return join(root, path);
  };
  for (const path of options.settings) copyFileSync(join(repository, path), place(path));
  for (const [path, text] of Object.entries(options.files)) writeFileSync(place(path), text);
  for (const name of options.linked ?? []) {
    symlinkSync(join(repository, 'node_modules', name), place(`node_modules/${name}`));
  }
  return {
    run: (program, args) => {
      const done = spawnSync(join(repository, 'node_modules/.bin', program), args, {
        cwd: root,
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      });
      return { code: done.status ?? 1, output: done.stdout === '' ? done.stderr : done.stdout };
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
