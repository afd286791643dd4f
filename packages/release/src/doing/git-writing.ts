import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Git } from './git.ts';
import { lastLine } from './program.ts';

export interface NewCommit {
  /** Its first parent's files are what the edits are made on. */
  parents: readonly [string, ...string[]];
  edits: ReadonlyMap<string, string>;
  message: string;
}

/** Writes a commit that no branch points at yet. */
export async function writeCommit(git: Git, { parents, edits, message }: NewCommit): Promise<string> {
  const tree = await writeTree(git, parents[0], edits);
  return writeCommitOfTree(git, { tree, parents, message });
}

export async function writeCommitOfTree(
  git: Git,
  { tree, parents, message }: { tree: string; parents: readonly string[]; message: string },
): Promise<string> {
  const words = ['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent]), '-F', '-'];
  return (await git.git(words, { input: message, environment: await identity(git) })).trim();
}

/** Writes an annotated tag that has no name in the clone. */
export async function writeTag(
  git: Git,
  tag: { name: string; commit: string; message: string },
): Promise<string> {
  const tagger = (await git.git(['var', 'GIT_COMMITTER_IDENT'], { environment: await identity(git) })).trim();
  const header = `object ${tag.commit}\ntype commit\ntag ${tag.name}\ntagger ${tagger}\n\n`;
  return (await git.git(['mktag'], { input: header + tag.message })).trim();
}

/** Three-way merge of two commits without a working tree: the tree, or the files in conflict. */
export async function mergeTrees(git: Git, ours: string, theirs: string) {
  const outcome = await git.ask(['merge-tree', '--write-tree', '--name-only', '--no-messages', ours, theirs]);
  const [tree = '', ...files] = outcome.stdout.split('\n').filter(Boolean);
  if (outcome.code === 0) return { kind: 'merged' as const, tree };
  if (outcome.code === 1) return { kind: 'conflict' as const, files };
  throw new Error(`git merge-tree failed: ${lastLine(outcome)}`);
}

export type PushOutcome = { kind: 'pushed' } | { kind: 'refused'; why: string };

/**
 * All names move or none does. The remote goes by its address: by its name, git would also move the clone's own picture
 * of the branch, to objects the clone does not have.
 */
export async function pushAll(
  git: Git,
  remote: string,
  names: ReadonlyMap<string, string>,
): Promise<PushOutcome> {
  const refspecs = [...names].map(([name, object]) => `${object}:${name}`);
  const address = (await git.git(['remote', 'get-url', '--push', remote])).trim();
  const outcome = await git.ask(['push', '--atomic', '--porcelain', '--no-verify', address, ...refspecs]);
  if (outcome.code === 0) return { kind: 'pushed' };
  const said = [...outcome.stderr.split('\n'), ...outcome.stdout.split('\n')].map((line) => line.trim());
  const why =
    said.find((line) => /^(remote|fatal|ERROR):/.test(line)) ?? said.find((line) => line.startsWith('!'));
  return { kind: 'refused', why: why ?? lastLine(outcome) };
}

async function writeTree(git: Git, commit: string, edits: ReadonlyMap<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'release-index-'));
  const environment = { GIT_INDEX_FILE: join(folder, 'index') };
  try {
    await git.git(['read-tree', commit], { environment });
    for (const [path, text] of edits) {
      const id = (await git.git(['hash-object', '-w', '--stdin'], { input: text })).trim();
      await git.git(['update-index', '--add', '--cacheinfo', `100644,${id},${path}`], { environment });
    }
    return (await git.git(['write-tree'], { environment })).trim();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** CodeBuild has no git identity; a person's own is kept. */
async function identity(git: Git): Promise<Record<string, string>> {
  const known = await git.ask(['var', 'GIT_COMMITTER_IDENT']);
  if (known.code === 0) return {};
  const [name, email] = ['ShopStack release', 'release@shopstack.invalid'];
  return {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
  };
}
