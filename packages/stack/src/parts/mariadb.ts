import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, programPath } from '../command.ts';
import type { Layout } from '../layout.ts';
import type { Part } from '../part.ts';
import { answers } from '../probes.ts';
import type { Secrets } from '../secrets.ts';

/** The services that own a schema; schema and user carry the service's name. */
const schemaOwners = ['payment', 'shipping', 'ratings', 'dispatch'] as const;

const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];

/** Statements that make the schemas and users, and do nothing when they are there already. One per line. */
export function mariadbAccounts(password: (user: string) => string): string {
  const user = (name: string) => [
    `CREATE USER IF NOT EXISTS '${name}'@'127.0.0.1';`,
    `ALTER USER '${name}'@'127.0.0.1' IDENTIFIED BY '${password(name)}';`,
  ];
  return [
    ...user('admin'),
    "GRANT ALL PRIVILEGES ON *.* TO 'admin'@'127.0.0.1' WITH GRANT OPTION;",
    ...user('audit'),
    ...schemaOwners.flatMap((name) => [
      `CREATE DATABASE IF NOT EXISTS ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;`,
      ...user(name),
      `GRANT ALL PRIVILEGES ON ${name}.* TO '${name}'@'127.0.0.1';`,
      `GRANT SELECT ON ${name}.* TO 'audit'@'127.0.0.1';`,
    ]),
    "DROP USER IF EXISTS ''@'localhost', 'root'@'127.0.0.1', 'root'@'::1';",
    `ALTER USER IF EXISTS 'root'@'localhost' IDENTIFIED BY '${password('root')}';`,
    '',
  ].join('\n');
}

/** MariaDB that flushes every commit, with one schema and user per owner. */
export function mariadbPart(options: { layout: Layout; port: number; secrets: Secrets }): Part {
  const { layout, port, secrets } = options;
  const dir = layout.folder('mariadb');
  const dataDir = join(dir, 'data');
  const accountsFile = join(dir, 'accounts.sql');
  return {
    name: 'mariadb',
    port,
    listens: [port],
    needs: [],
    prepare: async ({ say, run }) => {
      if (existsSync(dataDir)) return;
      say('creating system tables');
      const unfinished = join(dir, 'unfinished');
      rmSync(unfinished, { recursive: true, force: true });
      await run(installCommand(unfinished, dir));
      renameSync(unfinished, dataDir);
    },
    command: () => {
      const accounts = mariadbAccounts((user) => secrets.password(`mysql.${user}`));
      writeFileSync(accountsFile, accounts, { mode: 0o600 });
      return {
        program: programPath('mariadbd'),
        args: mariadbArguments({ dataDir, accountsFile, port }),
        env: {},
        cwd: dir,
        whenWeDie: 'SIGTERM',
      };
    },
    isReady: () => answers(port, (reply) => reply.length > 10 && reply[4] === 10),
    readyWithinMs: 60_000,
    stopWithinMs: 1600,
  };
}

function installCommand(dataDir: string, cwd: string): Command {
  return {
    program: programPath('mariadb-install-db'),
    args: [
      '--no-defaults',
      `--datadir=${dataDir}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      '--skip-name-resolve',
      '--force',
      '--innodb-log-file-size=16M',
      ...asRoot,
    ],
    env: {},
    cwd,
    whenWeDie: 'SIGKILL',
  };
}

function mariadbArguments(at: { dataDir: string; accountsFile: string; port: number }): string[] {
  return [
    '--no-defaults',
    `--datadir=${at.dataDir}`,
    `--init-file=${at.accountsFile}`,
    // Relative to the data folder: the path of a socket must stay under 108 bytes.
    '--socket=mariadb.sock',
    '--pid-file=mariadb.pid',
    `--port=${at.port}`,
    '--bind-address=127.0.0.1',
    '--skip-name-resolve',
    '--skip-log-bin',
    '--innodb-log-file-size=16M',
    '--innodb-buffer-pool-size=64M',
    '--innodb-flush-log-at-trx-commit=1',
    '--aria-pagecache-buffer-size=8M',
    '--key-buffer-size=1M',
    '--performance-schema=OFF',
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_unicode_ci',
    ...asRoot,
  ];
}
