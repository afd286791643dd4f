import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { portOffsets } from './ports.ts';

/** Whether nothing listens on this port of 127.0.0.1. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

async function areFree(ports: readonly number[]): Promise<boolean> {
  for (const port of ports) if (!(await isFree(port))) return false;
  return true;
}

/** A port base whose ports are all free now. Below 32768, where the kernel takes ports for outgoing connections. */
export async function freePortBase(): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const base = 19_000 + 30 * randomInt(450);
    if (await areFree(Object.values(portOffsets).map((offset) => base + offset))) return base;
  }
  throw new Error('no free range of ports between 19000 and 32500');
}

/** A port that nobody listens on now, outside of every port base's range. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = 10_000 + randomInt(8_000);
    if (await isFree(port)) return port;
  }
  throw new Error('no free port between 10000 and 18000');
}
