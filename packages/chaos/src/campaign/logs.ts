import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Arena } from '../arena/arena.ts';

/** Copies the logs of all parts beside the report; answers where they are. */
export function keepLogs({ at }: Arena, folder: string): string {
  const kept = join(folder, 'logs');
  rmSync(kept, { recursive: true, force: true });
  cpSync(at.layout.logDir, kept, { recursive: true });
  return kept;
}
