import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { argocdObjects, nameIn } from './argocd.ts';
import { charts, environments, repository } from './charts.ts';
import { references } from './secrets.ts';
import { dig, mapping } from './yaml-value.ts';

const guide = readFileSync(join(repository, 'docs/deploy.md'), 'utf8');
const all = (pattern: RegExp) =>
  [...new Set([...guide.matchAll(pattern)].map(([, name = '']) => name))].sort();

describe('docs/deploy.md', () => {
  it('names files and folders that exist', () => {
    const paths = all(/\b((?:helm|argocd|valuefiles|terraform|packages)\/[\w./-]*[\w-])(?![\w</*-])/g);
    expect(paths.length).toBeGreaterThan(15);
    expect(paths.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
  });
  it('names commands of npm that exist', () => {
    const manifest: unknown = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
    const known = Object.keys(mapping(dig(manifest, 'scripts')));
    expect(all(/npm run ([a-z]+)/g).filter((it) => !known.includes(it))).toEqual([]);
  });
  it('installs every chart on the laptop', () => {
    const [, order = ''] = /for chart in ([a-z ]+); do/.exec(guide) ?? [];
    expect(order.split(' ').sort()).toEqual([...charts].sort());
  });
  it('tells of every Application, in its wave', () => {
    const applications = argocdObjects().filter((it) => it.kind === 'Application' && nameIn(it) !== 'root');
    const expected = applications.map((it) => {
      const wave = dig(it, 'metadata', 'annotations', 'argocd.argoproj.io/sync-wave');
      return `| ${String(wave).replace('-', '−')} | \`${nameIn(it)}\` |`;
    });
    expect(all(/^(\| −?\d+ \| `[a-z-]+` \|)/gm)).toEqual(expected.sort());
  });
  it('tells how to rotate every key of every Secret, and of no other', () => {
    const asked = environments.flatMap((environment) => references(environment));
    const [, rotation = ''] = /### Rotate a secret\n([\s\S]*?)\n### /.exec(guide) ?? [];
    const missing = asked.filter(({ key }) => !rotation.includes(`\`${key}\``));
    expect(missing.map(({ name, key }) => `${name} ${key}`)).toEqual([]);
    const secrets = new Set(asked.map(({ name }) => name));
    expect(
      all(/\b([a-z]+-secrets)\b/g).filter(
        (it) => it !== 'external-secrets' && it !== 'new-secrets' && !secrets.has(it),
      ),
    ).toEqual([]);
  });
});
