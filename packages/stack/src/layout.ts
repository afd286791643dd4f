import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The root of the repository. */
export const repository = resolve(import.meta.dirname, '../../..');

export interface Layout {
  readonly dataDir: string;
  readonly logDir: string;
  readonly mailDir: string;
  readonly secretsFile: string;
  readonly stateFile: string;
  readonly seededFile: string;
  /** The part's own folder, created when asked for. */
  folder(part: string, ...names: string[]): string;
  logFile(part: string): string;
}

/** Where everything of one shop lives on disk. Creates the data folder (private to its owner). */
export function createLayout(dataDirectory: string): Layout {
  const dataDir = resolve(dataDirectory);
  const logDir = join(dataDir, 'logs');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  mkdirSync(logDir, { recursive: true });
  return {
    dataDir,
    logDir,
    mailDir: join(dataDir, 'mail'),
    secretsFile: join(dataDir, 'secrets.json'),
    stateFile: join(dataDir, 'state.json'),
    seededFile: join(dataDir, 'seeded.json'),
    folder: (...names) => {
      const path = join(dataDir, ...names);
      mkdirSync(path, { recursive: true });
      return path;
    },
    logFile: (part) => join(logDir, `${part}.log`),
  };
}
