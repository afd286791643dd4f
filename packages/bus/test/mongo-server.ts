import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort, startProcess, untilItAccepts } from '../../sql/test/server-process.ts';

const embedded = new URL('../../mongo-embedded/src/main.ts', import.meta.url).pathname;

/** The store of TEST_MONGO_URL, else an embedded one of our own. */
export async function startMongo(): Promise<{ url: string; close(): Promise<void> }> {
  const given = process.env.TEST_MONGO_URL;
  if (given) return { url: given, close: async () => undefined };
  const folder = mkdtempSync(path.join(tmpdir(), 'shop-mongo-'));
  const port = await freePort();
  const server = startProcess(process.execPath, [embedded], {
    log: path.join(folder, 'log'),
    environment: {
      SHOP_ENV: 'development',
      MONGO_PORT: String(port),
      MONGO_BIND_ADDRESS: '127.0.0.1',
      MONGO_DATA_FILE: path.join(folder, 'data.sqlite'),
      MONGO_USERS: JSON.stringify([{ user: 'test', password: 'test', db: 'test' }]),
    },
  });
  await untilItAccepts(port);
  return {
    url: `mongodb://test:test@127.0.0.1:${port}/test`,
    close: async () => {
      server.signal('SIGTERM');
      await server.exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
