import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { helmFolder, repository, serviceCharts } from './charts.ts';
import { loadFunction } from './programs.ts';
import { dig, type Mapping, mapping, mappings } from './yaml-value.ts';

const files = join(helmFolder, 'datastores/files');
const work = mkdtempSync(join(tmpdir(), 'datastores-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const owners = ['admin', 'audit', 'root', ...serviceCharts];
const passwordOf = (user: unknown) => `password-of-${String(user)}`;
const passwords = Object.fromEntries(owners.map((it) => [`${it.toUpperCase()}_PASSWORD`, passwordOf(it)]));

/** What a script of the chart writes. */
function written(script: string, environment: Record<string, string> = passwords) {
  const file = join(work, 'written');
  const { status, stderr } = spawnSync('sh', [script, file], {
    cwd: repository,
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', ...environment },
  });
  return { status, stderr, text: status === 0 ? readFileSync(file, 'utf8') : '' };
}

const withShell = process.platform === 'win32' ? describe.skip : describe;

withShell('the stores of helm/datastores are those of packages/stack', () => {
  it('Redis has the same users', async () => {
    const redisUsers = await loadFunction('packages/stack/src/parts/redis.ts', 'redisUsers');
    const { text } = written(join(files, 'redis-users.sh'));
    expect(text).toBe(redisUsers(passwordOf));
    expect(text).toContain('user default off ~* &* +@all\n');
  });
  it('Redis is told the same about what it keeps', () => {
    const source = readFileSync(join(repository, 'packages/stack/src/parts/redis.ts'), 'utf8');
    const config = readFileSync(join(helmFolder, 'datastores/templates/_redis.tpl'), 'utf8');
    const settings = [...source.matchAll(/^ {4}'((?:save|append|maxmemory-policy|daemonize)[^']*)',$/gm)];
    expect(settings).toHaveLength(5);
    for (const [, setting] of settings) expect(config).toContain(`\n  ${setting}\n`);
  });
  it('MySQL has the same schemas and accounts, from any address', async () => {
    const accounts = await loadFunction('packages/stack/src/parts/mariadb.ts', 'mariadbAccounts');
    const { text } = written(join(files, 'mysql-accounts.sh'));
    const here = String(accounts(passwordOf)).replaceAll("'@'127.0.0.1'", "'@'%'");
    // The one statement that is about local accounts stays as it is.
    expect(text).toBe(here.replace("'root'@'%', 'root'@'::1'", "'root'@'127.0.0.1', 'root'@'::1'"));
  });
  it('RabbitMQ has the same topology, users and rights', async () => {
    const definitionsFor = await loadFunction(
      'packages/stack/src/parts/broker-definitions.ts',
      'definitionsFor',
    );
    const file = join(work, 'definitions.json');
    const env = Object.fromEntries(owners.map((it) => [`${it.toUpperCase()}_AMQP_PASSWORD`, passwordOf(it)]));
    const command = ['packages/bus/src/write-definitions.ts', file];
    const { status, stderr } = spawnSync(process.execPath, command, {
      cwd: repository,
      env,
      encoding: 'utf8',
    });
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    const text = readFileSync(file, 'utf8');
    expect(withoutSalt(JSON.parse(text))).toEqual(withoutSalt(await definitionsFor(passwordOf, {})));
    const audit = mappings(dig(JSON.parse(text), 'permissions')).find(({ user }) => user === 'audit');
    expect(audit).toMatchObject({ configure: '', write: '', read: '' });
  });
  it.each([
    ['redis-users.sh', 'CART_PASSWORD'],
    ['mysql-accounts.sh', 'RATINGS_PASSWORD'],
  ])('%s ends without %s', (file, missing) => {
    const { [missing]: _gone, ...rest } = passwords;
    const { status, stderr } = written(join(files, file), rest);
    expect(status).not.toBe(0);
    expect(stderr).toContain(missing);
  });
});

/** Password hashes have a random salt. */
function withoutSalt(definitions: unknown): Mapping {
  const it = mapping(definitions);
  return {
    ...it,
    users: mappings(it.users).map(({ password_hash: hash, ...user }) => ({ ...user, has: !!hash })),
  };
}
