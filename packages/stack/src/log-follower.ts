import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';

/** The last lines of a file; none when it is not there. */
export function lastLines(file: string, count: number): string[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.slice(0, -1).slice(-count);
}

/** Gives the whole lines that were added since the last call; starts at the end of what is there now. */
export function openLogFollower(file: string): () => string[] {
  let offset = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  let rest = '';
  return () => {
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (size < offset) offset = 0;
    if (size === offset) return [];
    const added = readBetween(file, offset, size);
    offset = size;
    const lines = (rest + added).split('\n');
    rest = lines.pop() ?? '';
    return lines;
  };
}

function readBetween(file: string, from: number, to: number): string {
  const handle = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(to - from);
    return buffer.toString('utf8', 0, readSync(handle, buffer, 0, buffer.length, from));
  } finally {
    closeSync(handle);
  }
}
