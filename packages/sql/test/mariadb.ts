import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import mysql from 'mysql2/promise';
import { freePort, type ServerProcess, startProcess, untilItSpeaks } from './server-process.ts';

export interface TestDatabaseServer {
  /** A new empty schema; its URL. */
  createSchema(): Promise<string>;
  close(): Promise<void>;
}
/** One that may be stopped and killed. */
export interface OwnDatabaseServer extends TestDatabaseServer {
  signal(name: NodeJS.Signals): void;
  start(): Promise<void>;
  stopped(): Promise<void>;
}

/** The server of TEST_MYSQL_URL, else a MariaDB of our own. */
export async function startDatabaseServer(): Promise<TestDatabaseServer> {
  const given = process.env.TEST_MYSQL_URL;
  if (given) return { createSchema: () => createSchema(given), close: async () => undefined };
  return startOwnDatabaseServer();
}

export async function startOwnDatabaseServer(): Promise<OwnDatabaseServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'shop-mariadb-'));
  const data = path.join(folder, 'data');
  const asUser = process.getuid?.() === 0 ? ['--user=root'] : [];
  const plain = [
    '--no-defaults',
    `--datadir=${data}`,
    '--skip-name-resolve',
    '--innodb-log-file-size=8M',
    ...asUser,
  ];
  const installed = spawnSync(
    'mariadb-install-db',
    [...plain, '--auth-root-authentication-method=normal', '--skip-test-db', '--force'],
    { encoding: 'utf8' },
  );
  if (installed.status !== 0) throw new Error(`mariadb-install-db: ${installed.stdout}${installed.stderr}`);
  const port = await freePort();
  let server: ServerProcess;
  const start = async () => {
    server = startProcess(
      'mariadbd',
      [
        ...plain,
        `--port=${port}`,
        '--bind-address=127.0.0.1',
        `--socket=${path.join(folder, 'socket')}`,
        `--pid-file=${path.join(folder, 'pid')}`,
        '--skip-log-bin',
        '--innodb-buffer-pool-size=64M',
        '--innodb-flush-log-at-trx-commit=1',
        '--performance-schema=OFF',
      ],
      { log: path.join(folder, 'log') },
    );
    await untilItSpeaks(port);
  };
  await start();
  const url = `mysql://root@127.0.0.1:${port}/`;
  return {
    createSchema: () => createSchema(url),
    signal: (name) => server.signal(name),
    start,
    stopped: () => server.exited,
    close: async () => {
      server.signal('SIGCONT');
      server.signal('SIGTERM');
      await server.exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function createSchema(url: string): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const root = await mysql.createConnection(url);
  await root.query(`create database ${name} character set utf8mb4`);
  await root.end();
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}
