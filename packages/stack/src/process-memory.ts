import { readdirSync, readFileSync } from 'node:fs';

/** Who started each process, in one look at /proc. Empty where there is none. */
export function readParents(proc = '/proc'): Map<number, number> {
  const parents = new Map<number, number>();
  for (const name of folderNames(proc)) {
    if (!/^\d+$/.test(name)) continue;
    const parent = /^PPid:\s+(\d+)/m.exec(read(`${proc}/${name}/status`))?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  return parents;
}

/** The memory of a process and of everything it started, in bytes. */
export function memoryOf(pid: number, parents: ReadonlyMap<number, number>, own = ownMemory): number {
  let bytes = own(pid);
  for (const [child, parent] of parents) if (parent === pid) bytes += memoryOf(child, parents, own);
  return bytes;
}

/** A process's share of memory: pages that several processes use (Node itself) are divided between them. */
export function ownMemory(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1];
  return Number(kilobytes ?? 0) * 1024;
}

function folderNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
