import { globSync, lstatSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { repository } from './charts.ts';
import { loadFunction } from './programs.ts';
import { dig, isMapping, texts } from './yaml-value.ts';

const read = (file: string) => readFileSync(join(repository, file), 'utf8');
const find = (...patterns: string[]) => globSync(patterns, { cwd: repository }).sort();
const dockerfiles = find('{web,mongo,mysql}/Dockerfile', '{services,packages}/*/Dockerfile');
const imageOf = (dockerfile: string) => basename(dirname(dockerfile));
/** Charts take the official one and make the accounts themselves; ours is for compose. */
const withoutChart = ['mysql'];

describe('images', () => {
  const named = find('helm/*/{values*.yaml,templates/*,files/*}')
    .filter((file) => !lstatSync(join(repository, file)).isSymbolicLink())
    .flatMap((file) => [...read(file).matchAll(/ghcr\.io\/shopstack\/shopstack-(\w+)/g)].map(([, it]) => it));

  it('each of ours is named in one place of helm/, so that no second tag can stay behind', () => {
    const deployed = dockerfiles.map(imageOf).filter((image) => !withoutChart.includes(image));
    expect(named.sort()).toEqual(deployed.sort());
  });
  it.each(named)('the place of %s is the one that packages/release writes', async (image) => {
    const place = await loadFunction('packages/release/src/domain/place.ts', 'placeOf').then((it) =>
      it(image),
    );
    const values: unknown = parse(read(`helm/${String(dig(place, 'chart'))}/values.yaml`));
    const found = dig(values, ...texts(dig(place, 'at')));
    const reference = isMapping(found) ? `${String(found.repository)}:${String(found.tag)}` : String(found);
    expect(reference).toMatch(new RegExp(`/shopstack-${String(image)}:\\d+\\.\\d+\\.\\d+$`));
  });
  it.each(dockerfiles.filter((file) => /^FROM (node|nginx):/m.test(read(file))))(
    'the user of %s is the one its pods run as',
    (file) => {
      const [, user] = /^USER (\d+):\1$/m.exec(read(file)) ?? [];
      expect(Number(user)).toBe(dig(parse(read('helm/common/values.yaml')), 'deploy', 'userId'));
    },
  );
});
