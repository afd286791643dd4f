import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Tree } from '../domain/workspaces.ts';
import { Refusal } from '../refusal.ts';
import { lastLine, type Outcome, type Run, type RunOptions } from './program.ts';

export type Git = Awaited<ReturnType<typeof openGit>>;

/**
 * Reads the clone around the working directory and never changes it: what is fetched or written goes to a folder of its
 * own until `close`, and gets a name on the remote only, by a push.
 */
export async function openGit(run: Run, remote: string) {
  const top = await run('git', ['rev-parse', '--show-toplevel']);
  if (top.code !== 0) throw new Refusal('this is no git clone: run it inside a clone of the repository');
  const root = top.stdout.trim();
  const objects = await mkdtemp(join(tmpdir(), 'release-objects-'));
  const shared = await run('git', ['rev-parse', '--git-path', 'objects'], { cwd: root });
  const quarantine = {
    GIT_OBJECT_DIRECTORY: objects,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: resolve(root, shared.stdout.trim()),
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
  const ask = (words: readonly string[], options: RunOptions = {}) =>
    run('git', words, { cwd: root, ...options, environment: { ...quarantine, ...options.environment } });
  const git = async (words: readonly string[], options: RunOptions = {}) => {
    const outcome = await ask(words, options);
    if (outcome.code !== 0) throw new Error(`git ${words[0]} failed: ${lastLine(outcome)}`);
    return outcome.stdout;
  };
  const fromRemote = async (words: readonly string[]) => {
    const outcome = await ask(words);
    if (outcome.code !== 0) throw unreachable(remote, outcome);
    return outcome.stdout;
  };
  const commits = async (...range: string[]) =>
    new Set((await git(['rev-list', ...range])).split('\n').filter(Boolean));

  /** Path → text of those that the commit has; one process for all of them. */
  const readAll = async (commit: string, paths: readonly string[]): Promise<Map<string, string>> => {
    const input = paths.map((path) => `${commit}:${path}\n`).join('');
    const texts = blobsIn(await git(['cat-file', '--batch'], { input }));
    return new Map(
      paths.flatMap((path, at) => (texts[at] === undefined ? [] : [[path, texts[at]] as const])),
    );
  };

  return {
    root,
    /** @throws Refusal when there is no commit yet. */
    async head(): Promise<string> {
      const outcome = await ask(['rev-parse', '--verify', 'HEAD']);
      if (outcome.code !== 0) throw new Refusal('the clone has no commit yet: commit and push first');
      return outcome.stdout.trim();
    },
    async isShallow(): Promise<boolean> {
      return (await git(['rev-parse', '--is-shallow-repository'])).trim() === 'true';
    },
    /** Changed and untracked files; ignored ones do not count. */
    async dirtyFiles(): Promise<string[]> {
      const status = await git(['--no-optional-locks', 'status', '--porcelain', '--untracked-files=all']);
      return status
        .split('\n')
        .filter(Boolean)
        .map((line) => line.slice(3));
    },
    async treeOf(commit: string): Promise<Tree> {
      const listing = await git(['ls-tree', '-r', '-z', '--full-tree', commit]);
      const entries = listing.split('\0').filter(Boolean);
      return new Map(
        entries.map((entry): [string, string] => {
          const [facts = '', path = ''] = entry.split('\t');
          const [mode = '', , id = ''] = facts.split(' ');
          return [path, `${mode} ${id}`];
        }),
      );
    },
    /** The file's text in that commit, undefined when it has no such file. */
    read: async (commit: string, path: string) => (await readAll(commit, [path])).get(path),
    readAll,
    commits,
    async hasCommit(commit: string): Promise<boolean> {
      return (await ask(['cat-file', '-e', `${commit}^{commit}`])).code === 0;
    },
    async contains(descendant: string, ancestor: string): Promise<boolean> {
      return (await ask(['merge-base', '--is-ancestor', ancestor, descendant])).code === 0;
    },
    async dateOf(commit: string): Promise<string> {
      return (await git(['show', '--no-patch', '--format=%cI', commit])).trim();
    },
    async remoteUrl(): Promise<string> {
      return (await git(['remote', 'get-url', remote])).trim();
    },
    /** Names and commits as the remote has them now; annotated tags by the commit they point at. */
    async remoteRefs(): Promise<Map<string, string>> {
      const refs = new Map<string, string>();
      for (const line of (await fromRemote(['ls-remote', remote])).split('\n').filter(Boolean)) {
        const [id = '', name = ''] = line.split('\t');
        refs.set(name.replace(/\^\{\}$/, ''), id);
      }
      return refs;
    },
    /** Gets the objects; no branch, tag or FETCH_HEAD of the clone moves. */
    async fetch(ref: string): Promise<void> {
      await fromRemote([
        'fetch',
        '--quiet',
        '--no-tags',
        '--no-auto-maintenance',
        '--no-write-fetch-head',
        '--refmap=',
        remote,
        ref,
      ]);
    },
    ask,
    git,
    close: () => rm(objects, { recursive: true, force: true }),
  };
}

/** The answers of `git cat-file --batch` in their order; undefined for what is missing. */
function blobsIn(answers: string): (string | undefined)[] {
  const bytes = Buffer.from(answers);
  const texts: (string | undefined)[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf('\n', at);
    const size = / blob (\d+)$/.exec(bytes.toString('utf8', at, end))?.[1];
    at = end + 1;
    if (size === undefined) texts.push(undefined);
    else {
      texts.push(bytes.toString('utf8', at, at + Number(size)));
      at += Number(size) + 1;
    }
  }
  return texts;
}

function unreachable(remote: string, outcome: Outcome): Refusal {
  const said = outcome.stderr.split('\n').find((line) => /^(fatal|error|ERROR|remote):/.test(line));
  return new Refusal(
    `the git remote ${remote} cannot be read (${(said ?? lastLine(outcome)).trim()}): check its address and your access`,
  );
}
