import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Call {
  program: string;
  words: string[];
  input?: string;
}
/** What a fake registry keeps, and which calls shall go wrong. */
export interface World {
  /** repository → tag → digest */
  images: Record<string, Record<string, string>>;
  account: string;
  immutable: boolean;
  scan: unknown;
  /** The words a failing call contains; with kill, the caller dies instead. */
  faults: { words: string; kill?: boolean; stderr?: string; after?: boolean }[];
}

export const newWorld = (): World => ({
  images: { 'shopstack/shopstack-cart': { '1.0.0': 'sha256:first' } },
  account: '123456789012',
  immutable: true,
  scan: { imageScanStatus: { status: 'COMPLETE' }, imageScanFindings: {} },
  faults: [],
});

export function readWorld(folder: string): World {
  return JSON.parse(readFileSync(join(folder, 'world.json'), 'utf8'));
}

export function writeWorld(folder: string, world: World): void {
  writeFileSync(join(folder, 'world.json'), JSON.stringify(world));
}

export function readCalls(folder: string): Call[] {
  const file = join(folder, 'calls.jsonl');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line): Call => JSON.parse(line));
}
