import { createServer } from 'node:net';
import { expect, test } from '@jest/globals';
import { freePort, freePortBase, isFree } from './free-ports.ts';
import { listeningInode, portOwner } from './port-owner.ts';

const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 111 1 0
   1: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 222 1 0
   2: 0100007F:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 333 1 0`;

test('the inode is that of the listening socket, not of a connection to the same port', () => {
  expect(listeningInode(table, 8080)).toBe('222');
  expect(listeningInode(table, 80)).toBe('333');
  expect(listeningInode(table, 8081)).toBeUndefined();
});

test('the owner of a port is found with process and command', async () => {
  const port = await freePort();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  expect(await isFree(port)).toBe(false);
  const owner = portOwner(port);
  await new Promise((resolve) => server.close(resolve));
  expect(owner?.pid).toBe(process.pid);
  expect(owner?.command).toContain('node');
  expect(portOwner(port)).toBeUndefined();
  expect(await isFree(port)).toBe(true);
});

test('a free port base stays below the ports of outgoing connections', async () => {
  const base = await freePortBase();
  expect(base).toBeGreaterThanOrEqual(19_000);
  expect(base + 30).toBeLessThan(32_768);
});
