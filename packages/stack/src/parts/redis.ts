import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { programPath } from '../command.ts';
import type { Layout } from '../layout.ts';
import type { Part } from '../part.ts';
import { answers } from '../probes.ts';
import type { Secrets } from '../secrets.ts';

/** The services that own keys in Redis; their keys and channels begin with their name. */
export const redisOwners = ['user', 'cart'] as const;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Redis' users: an admin, one per owner for its own keys only, and a reader of carts for the audit. */
export function redisUsers(password: (user: string) => string): string {
  const user = (name: string, rules: string) => `user ${name} on #${sha256(password(name))} ${rules}`;
  return [
    // Nobody signs in as it, but Redis replays its append-only file as this user: without rights, what scripts wrote is
    // dropped at every start.
    'user default off ~* &* +@all',
    user('admin', '~* &* +@all'),
    user('audit', '~cart:* resetchannels -@all +@read +@connection -@dangerous +info'),
    ...redisOwners.map((name) =>
      user(name, `~${name}:* resetchannels &${name}:* +@all -@admin -@dangerous +info`),
    ),
    '',
  ].join('\n');
}

/** Redis that flushes every write before it answers and never drops a key. */
export function redisPart(options: { layout: Layout; port: number; secrets: Secrets }): Part {
  const { layout, port, secrets } = options;
  const password = (user: string) => secrets.password(`redis.${user}`);
  return {
    name: 'redis',
    port,
    listens: [port],
    needs: [],
    command: () => {
      const dir = layout.folder('redis');
      const aclFile = join(dir, 'users.acl');
      const configFile = join(dir, 'redis.conf');
      writeFileSync(aclFile, redisUsers(password), { mode: 0o600 });
      writeFileSync(configFile, redisConfig({ dir, port, aclFile }));
      return {
        program: programPath('redis-server'),
        args: [configFile],
        env: {},
        cwd: dir,
        whenWeDie: 'SIGTERM',
      };
    },
    isReady: () =>
      answers(
        port,
        (reply) => reply.toString().startsWith('+OK\r\n+PONG'),
        `AUTH admin ${password('admin')}\r\nPING\r\n`,
      ),
    readyWithinMs: 20_000,
    stopWithinMs: 1000,
  };
}

function redisConfig(at: { dir: string; port: number; aclFile: string }): string {
  return [
    'bind 127.0.0.1',
    `port ${at.port}`,
    `dir ${JSON.stringify(at.dir)}`,
    `aclfile ${JSON.stringify(at.aclFile)}`,
    'save ""',
    'appendonly yes',
    'appendfsync always',
    'maxmemory 256mb',
    'maxmemory-policy noeviction',
    'daemonize no',
    '',
  ].join('\n');
}
