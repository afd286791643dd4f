import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { isFree } from './free-ports.ts';
import type { Layout } from './layout.ts';
import type { Part } from './part.ts';
import { until } from './probes.ts';

export interface PortOwner {
  pid: number;
  command: string;
}

const LISTENING = '0A';

/** The inode of the socket that listens on this port, from the text of /proc/net/tcp or tcp6. */
export function listeningInode(table: string, port: number): string | undefined {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  for (const line of table.split('\n').slice(1)) {
    const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
    if (state === LISTENING && local?.endsWith(`:${hexPort}`)) return inode;
  }
  return undefined;
}

/** Who listens on a port; undefined when nobody does, or when only root may know. */
export function portOwner(port: number, proc = '/proc'): PortOwner | undefined {
  const inode = ['tcp', 'tcp6']
    .map((table) => listeningInode(read(`${proc}/net/${table}`), port))
    .find((found) => found !== undefined);
  if (inode === undefined) return undefined;
  const pid = readdirSync(proc)
    .filter((name) => /^\d+$/.test(name))
    .find((name) => hasSocket(`${proc}/${name}/fd`, inode));
  if (pid === undefined) return undefined;
  const command = read(`${proc}/${pid}/cmdline`).replaceAll('\0', ' ').trim();
  return { pid: Number(pid), command };
}

function hasSocket(folder: string, inode: string): boolean {
  try {
    return readdirSync(folder).some((fd) => linkTarget(`${folder}/${fd}`) === `socket:[${inode}]`);
  } catch {
    return false;
  }
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** A port that a part needs is somebody else's. */
export class PortTaken extends Error {}

/** How long a process of a killed shop may need to notice that its parent is gone. */
const LEFTOVER_ENDS_WITHIN_MS = 5000;

/**
 * Throws PortTaken, naming process and command, when a port of these parts is in use. A leftover of this very shop that
 * is on its way out is waited for.
 */
export async function checkPorts(parts: readonly Part[], layout: Layout): Promise<void> {
  for (const part of parts) {
    if (part.absent !== undefined) continue;
    for (const port of part.listens) {
      if (await isFree(port)) continue;
      const leftover = isOurs(portOwner(port), layout);
      const gone =
        leftover && (await until(() => isFree(port), { withinMs: LEFTOVER_ENDS_WITHIN_MS, everyMs: 100 }));
      if (!gone) throw new PortTaken(describe(part, port, layout));
    }
  }
}

function isOurs(owner: PortOwner | undefined, layout: Layout): boolean {
  if (!owner) return false;
  return (
    owner.command.includes(layout.dataDir) || read(`/proc/${owner.pid}/environ`).includes(layout.dataDir)
  );
}

function describe(part: Part, port: number, layout: Layout): string {
  const owner = portOwner(port);
  const variable = part.name === 'gateway' ? 'SHOP_PORT' : 'SHOP_PORT_BASE';
  if (!owner) return `Port ${port} of ${part.name} is taken. Free it, or choose another with ${variable}.`;
  const who = isOurs(owner, layout) ? 'a leftover of this shop, process' : 'process';
  return (
    `Port ${port} of ${part.name} is taken by ${who} ${owner.pid}: ${owner.command.slice(0, 160)}\n` +
    `End it (kill ${owner.pid}), or choose another port with ${variable}.`
  );
}
