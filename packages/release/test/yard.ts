import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCli } from '../src/cli.ts';
import { openFakes, type World } from './fakes.ts';

const author = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@shop.test',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@shop.test',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  ...settings({
    'gc.auto': '0',
    'maintenance.auto': 'false',
    'receive.autogc': 'false',
    'core.fsync': 'none',
  }),
};
/** A repository of a test lives for a second: it needs no upkeep and survives no power cut. */
function settings(values: Record<string, string>): Record<string, string> {
  const pairs = Object.entries(values).flatMap(([key, value], at) => [
    [`GIT_CONFIG_KEY_${at}`, key],
    [`GIT_CONFIG_VALUE_${at}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(pairs.length / 2), ...Object.fromEntries(pairs) };
}
export const repositoryOfCart = 'shopstack/shopstack-cart';
export const slackPath = '/services/T000/B000/verysecret';

export interface Result {
  code: number;
  output: string;
  progress: string;
}
export type Yard = Awaited<ReturnType<typeof openYard>>;
export type Clone = ReturnType<Yard['clone']>;

/** A bare remote with two environments and released services, fake programs on PATH, and a server in Slack's place. */
export async function openYard() {
  const folder = mkdtempSync(join(tmpdir(), 'release-yard-'));
  const remote = join(folder, 'remote.git');
  const bin = join(folder, 'bin');
  const fakes = await openFakes(bin);
  const { state } = fakes;
  cpSync(plantedRemote(), remote, { recursive: true });
  const slack = await openSlackServer();
  const environment = {
    PATH: `${bin}:${process.env.PATH}`,
    HOME: folder,
    TMPDIR: folder,
    ...author,
    AWS_ACCOUNT_ID: '123456789012',
    AWS_REGION: 'eu-west-1',
    SLACK_WEBHOOK_URL: slack.url,
  };

  const yard = {
    folder,
    remote,
    slack,
    environment,
    calls: (program?: string) => state.calls.filter((it) => program === undefined || it.program === program),
    builds: () => state.calls.filter(({ words }) => words[1] === 'build').length,
    world: () => state.world,
    change: (part: Partial<World>) => void Object.assign(state.world, part),
    /** A program of the remote: `pre-receive` can refuse a push, `post-receive` comes after it. */
    hook(name: 'pre-receive' | 'post-receive', script: string) {
      const path = join(remote, 'hooks', name);
      writeFileSync(path, `#!/bin/sh\n${script}\n`);
      chmodSync(path, 0o755);
    },
    unhook: (name: 'pre-receive' | 'post-receive') => rmSync(join(remote, 'hooks', name)),
    /** Every name on the remote with its object. */
    refs: () => inGit(remote, 'for-each-ref', '--format=%(refname) %(objectname)'),
    git: (...words: string[]) => inGit(remote, ...words),
    tags: () => inGit(remote, 'tag', '--list').split('\n').filter(Boolean),
    show: (branch: string, path: string) => inGit(remote, 'show', `${branch}:${path}`),
    message: (branch: string) => inGit(remote, 'log', '-1', '--format=%B', branch),
    tagOf(branch: string, service: string) {
      return /tag: "?([\w.]+)/.exec(yard.show(branch, `helm/${service}/values.yaml`))?.[1];
    },
    clone(name: string, branch = 'k8s/staging') {
      const root = join(folder, name);
      inGit(folder, 'clone', '--quiet', '--branch', branch, remote, root);
      return cloneAt(root, environment);
    },
    async close() {
      await Promise.all([slack.close(), fakes.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return yard;
}

const inGit = (cwd: string, ...words: string[]) =>
  execFileSync('git', words, {
    cwd,
    env: { ...process.env, ...author },
    encoding: 'utf8',
    stdio: 'pipe',
  }).trim();

function cloneAt(root: string, environment: NodeJS.ProcessEnv) {
  const git = (...words: string[]) => inGit(root, ...words);
  const write = (path: string, text: string) => writeFileSync(makeParent(join(root, path)), text);
  return {
    root,
    git,
    write,
    /** Writes, commits and pushes to the branch this clone is on. */
    push(path: string, text: string) {
      write(path, text);
      git('add', '.');
      git('commit', '--quiet', '-m', `change ${path}`);
      git('push', '--quiet', 'origin', 'HEAD');
    },
    /** The tool as a process of its own. @returns the signal that ended it */
    async releaseAsProcess(words: string[] = []): Promise<NodeJS.Signals | null> {
      const main = join(import.meta.dirname, '../src/main.ts');
      const child = spawn(process.execPath, [main, ...words], {
        cwd: root,
        env: environment,
        stdio: 'ignore',
      });
      writeFileSync(join(root, '../tool.pid'), String(child.pid));
      return new Promise((resolve, reject) => {
        child.on('error', reject).on('exit', (_code, signal) => resolve(signal));
      });
    },
    async release(
      words: string[] = [],
      more: NodeJS.ProcessEnv = {},
      signal = new AbortController().signal,
    ): Promise<Result> {
      const result = { output: '', progress: '' };
      const code = await runCli(words, {
        environment: { ...environment, ...more },
        cwd: root,
        signal,
        output: (text) => {
          result.output += text;
        },
        progress: (text) => {
          result.progress += text;
        },
      });
      return { code, ...result };
    },
  };
}

export const cartValues = `# what a person wrote stays
defaults:
  namespace: { name: shopstack }   # odd   spacing
deploy:
  replicaCount: 1
  image:
    repository: ghcr.io/shopstack/shopstack-cart
    tag: 1.0.0   # written by the release tool
  tolerations:
    key: app
`;

let planted: string | undefined;

/** Made once per file of tests, and copied for each. */
function plantedRemote(): string {
  if (planted) return planted;
  const folder = mkdtempSync(join(tmpdir(), 'release-shop-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  planted = join(folder, 'remote.git');
  inGit(folder, 'init', '--quiet', '--bare', planted);
  plantShop(folder, planted);
  return planted;
}

function plantShop(folder: string, remote: string): void {
  const root = join(folder, 'seed');
  const write = (path: string, text: string) => writeFileSync(makeParent(join(root, path)), text);
  const manifest = (name: string, dependencies: Record<string, string>, devDependencies = {}) =>
    JSON.stringify({ name: `@shop/${name}`, dependencies, devDependencies });
  write('package.json', JSON.stringify({ name: 'shop', workspaces: ['packages/*', 'services/*', 'web'] }));
  write('package-lock.json', '{}');
  write('.gitignore', 'node_modules/\n');
  write('packages/contracts/package.json', manifest('contracts', {}));
  write('packages/contracts/src/money.ts', 'export {};\n');
  write('packages/kit/package.json', manifest('kit', { '@shop/contracts': '*' }));
  write('packages/kit/src/kit.ts', 'export {};\n');
  write('packages/testkit/package.json', manifest('testkit', {}));
  write('packages/testkit/src/testkit.ts', 'export {};\n');
  for (const [name, path, needs] of [
    ['cart', 'services/cart', { '@shop/kit': '*' }],
    ['user', 'services/user', { '@shop/kit': '*' }],
    ['web', 'web', { '@shop/contracts': '*' }],
  ] as const) {
    write(`${path}/package.json`, manifest(name, needs, { '@shop/testkit': '*' }));
    write(`${path}/src/main.ts`, 'export {};\n');
    write(`${path}/Dockerfile`, 'FROM scratch\n');
    write(`helm/${name}/values.yaml`, cartValues.replace('shopstack-cart', `shopstack-${name}`));
  }
  const git = (...words: string[]) => inGit(root, ...words);
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('commit', '--quiet', '-m', 'the shop');
  for (const service of ['cart', 'user', 'web']) git('tag', '-a', `${service}/v1.0.0`, '-m', 'first');
  git('remote', 'add', 'origin', remote);
  git('push', '--quiet', 'origin', 'main', 'main:k8s/staging', 'main:k8s/preprod', '--tags');
  inGit(remote, 'symbolic-ref', 'HEAD', 'refs/heads/main');
}

function makeParent(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  return path;
}

async function openSlackServer() {
  const told: string[] = [];
  const statuses: number[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const status = statuses.shift() ?? 200;
      if (status === 0) return;
      if (status === 200) told.push(JSON.parse(body).text);
      response.writeHead(status).end(status === 200 ? 'ok' : 'no');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${slackPath}`,
    told,
    /** The next answers; 0 answers nothing. */
    answerWith: (...next: number[]) => void statuses.push(...next),
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
