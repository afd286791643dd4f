import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, programDirectories } from '../../../../scripts/bootstrap/servers.mjs';
import type { Command } from '../command.ts';
import { type Layout, repository } from '../layout.ts';
import type { Part } from '../part.ts';
import { accepts } from '../probes.ts';
import type { Secrets } from '../secrets.ts';
import { nodeCommand } from './node-command.ts';

/** The services that own a MongoDB database, and its name. */
export const mongoDatabases = { user: 'users', catalogue: 'catalogue' } as const;

const embeddedServer = join(repository, 'packages/mongo-embedded/src/main.ts');

export function findMongod(): string | undefined {
  return findProgram('mongod', programDirectories(process.env));
}

/** A mongod when there is one (without users: it only listens here), else the embedded server with a user each and a reader for the audit. */
export function mongoPart(options: { layout: Layout; port: number; secrets: Secrets }): Part {
  const { layout, port } = options;
  const mongod = findMongod();
  const absent = mongod === undefined && !existsSync(embeddedServer);
  return {
    name: 'mongo',
    port,
    listens: [port],
    needs: [],
    remark: mongod ? 'mongod' : 'embedded, for development',
    ...(absent ? { absent: 'no mongod, and packages/mongo-embedded has no src/main.ts' } : {}),
    command: () => (mongod ? mongodCommand(mongod, layout, port) : embeddedCommand(options)),
    isReady: () => accepts(port),
    readyWithinMs: 30_000,
    stopWithinMs: 1500,
  };
}

function mongodCommand(program: string, layout: Layout, port: number): Command {
  const dir = layout.folder('mongo');
  return {
    program,
    args: ['--dbpath', dir, '--port', String(port), '--bind_ip', '127.0.0.1', '--nounixsocket', '--quiet'],
    env: {},
    cwd: dir,
    whenWeDie: 'SIGTERM',
  };
}

function embeddedCommand(options: { layout: Layout; port: number; secrets: Secrets }): Command {
  const user = (name: string, db: string) => ({
    user: name,
    password: options.secrets.password(`mongo.${name}`),
    db,
  });
  const users = [
    user('admin', 'admin'),
    { ...user('audit', 'admin'), readOnly: true },
    ...Object.entries(mongoDatabases).map(([owner, database]) => user(owner, database)),
  ];
  return nodeCommand(embeddedServer, {
    layout: options.layout,
    whenWeDie: 'SIGTERM',
    env: {
      SHOP_ENV: 'development',
      MONGO_PORT: String(options.port),
      MONGO_BIND_ADDRESS: '127.0.0.1',
      MONGO_DATA_FILE: join(options.layout.folder('mongo'), 'data.sqlite'),
      MONGO_USERS: JSON.stringify(users),
    },
  });
}
