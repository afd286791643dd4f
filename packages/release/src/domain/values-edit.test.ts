import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import * as edit from './values-edit.ts';

const { ValuesFault } = edit;
const at = ['deploy', 'image'];
const editImage = (text: string, image: edit.ImageValues) => edit.editImage(text, image, at);
const readImageTag = (text: string) => edit.readImageTag(text, at);

const values = (image: string) => `# head\ndeploy:\n  image:\n${image}env: []\n`;

test.each([
  ['plain, with a comment', '    tag: 1.0.3   # by the tool\n', '    tag: 1.0.4   # by the tool\n'],
  ['double quotes', '    tag: "1.0.3"\n', '    tag: "1.0.4"\n'],
  ['single quotes', "    tag:   '1.0.3'\n", "    tag:   '1.0.4'\n"],
  ['a word', '    tag: latest\n', '    tag: 1.0.4\n'],
  ['a number', '    tag: 1.0\n', '    tag: 1.0.4\n'],
  ['nothing', '    tag:\n', '    tag: 1.0.4\n'],
  ['nothing but a comment', '    tag:   # soon\n', '    tag:   1.0.4 # soon\n'],
  ['a flow map elsewhere', '    { repository: x, tag: 1.0.3 }\n', '    { repository: x, tag: 1.0.4 }\n'],
])('%s', (_name, before, after) => {
  expect(editImage(values(before), { tag: '1.0.4' })).toBe(values(after));
});

test('line ends, byte order mark and a missing last line end stay', () => {
  const text = '\uFEFFdeploy:\r\n  image:\r\n    repository: a\r\n    tag: 1.0.3';
  const edited = editImage(text, { tag: '1.0.4', repository: 'example.org/cart' });
  expect(edited).toBe('\uFEFFdeploy:\r\n  image:\r\n    repository: example.org/cart\r\n    tag: 1.0.4');
  expect(readImageTag(edited)).toBe('1.0.4');
});

test('the same tag again is the same text', () => {
  const text = values('    tag: "1.0.4"\n');
  expect(editImage(text, { tag: '1.0.4' })).toBe(text);
});

test.each([
  ['no tag', values('    repository: x\n'), /no text at deploy\.image\.tag/],
  ['no image', 'deploy: {}\n', /no text at deploy\.image\.tag/],
  ['an alias', 'a: &a 1.0.3\ndeploy:\n  image:\n    tag: *a\n', /no text at/],
  ['an anchor others follow', 'deploy:\n  image:\n    tag: &a 1.0.3\nb: *a\n', /anchor/],
  ['several lines', 'deploy:\n  image:\n    tag: |\n      1.0.3\n', /several lines/],
  ['broken YAML', 'deploy: [\n', /not valid YAML/],
  ['the key twice', 'deploy:\n  image:\n    tag: 1\n    tag: 2\n', /not valid YAML/],
])('%s is refused', (_name, text, why) => {
  expect(() => editImage(text, { tag: '1.0.4' })).toThrow(ValuesFault);
  expect(() => editImage(text, { tag: '1.0.4' })).toThrow(why);
});

test('an image that is one text keeps its repository, its quotes and its comment', () => {
  const values = (image: string) => `stores:\n  mongodb:\n    image: ${image} # ours\n    size: 10Gi\n`;
  const place = ['stores', 'mongodb', 'image'];
  const text = values('"example.org:5000/shop/mongo:1.0.3"');
  const edited = edit.editImage(text, { tag: '1.0.4' }, place);
  expect(edited).toBe(values('"example.org:5000/shop/mongo:1.0.4"'));
  expect(edit.readImageTag(edited, place)).toBe('1.0.4');
  const moved = edit.editImage(text, { tag: '1.0.4', repository: 'ecr/mongo' }, place);
  expect(moved).toBe(values('"ecr/mongo:1.0.4"'));
  const bare = values('example.org:5000/shop/mongo');
  expect(() => edit.editImage(bare, { tag: '1.0.4' }, place)).toThrow(
    /no image with a tag at stores\.mongodb/,
  );
});

/** A small generator with a seed, so that a failure can be looked at again. */
function dice(seed: number) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const pick = <T>(...choices: [T, ...T[]]): T => choices[Math.floor(next() * choices.length)] ?? choices[0];
  return { pick, some: (lines: string[]) => lines.filter(() => next() < 0.5) };
}

function randomValues(seed: number) {
  const { pick, some } = dice(seed);
  const pad = ' '.repeat(pick(1, 2, 4));
  const quote = pick('', '"', "'");
  const end = pick('\n', '\r\n');
  const comment = pick('', ' # tag: 9.9.9', '   # ünï — 漢字', '\t# tab');
  const around = ['# tag: 1.2.3', '', `${pad}# image:`, `${pad}replicaCount: 2`, `${pad}note: "tag: 1.0.0"`];
  const old = pick('1.0.3', 'latest', '10.20.30', '1.0.3-rc.1');
  const tag = `${pad}${pad}tag:${pick(' ', '  ')}${quote}${old}${quote}${comment}`;
  const lines = [
    ...some(['# head', 'tag: 7.7.7', 'image: { tag: 8.8.8 }', 'x: |', '  tag: 1.0.3']).filter(
      (line, index, all) => line !== '  tag: 1.0.3' || all[index - 1] === 'x: |',
    ),
    'deploy:',
    ...some(around),
    `${pad}image:`,
    ...some([`${pad}${pad}# the image`, `${pad}${pad}repository: ghcr.io/shop/cart`]),
    tag,
    ...some([`${pad}${pad}pullPolicy: IfNotPresent   `, '', `${pad}tolerations: [ {key: app} ]`]),
    ...some(['env:', '# tail']),
  ];
  const text = lines.join(end) + pick('', end);
  return { text, old, at: lines.indexOf(tag, lines.indexOf('deploy:')), end };
}

test('whatever surrounds the tag, only the tag changes', () => {
  for (let seed = 1; seed <= 400; seed += 1) {
    const { text, old, at, end } = randomValues(seed);
    const edited = editImage(text, { tag: '4.5.6' });
    const [before, after] = [text.split(end), edited.split(end)];
    const expected = before.map((line, index) => (index === at ? line.replace(old, '4.5.6') : line));
    expect({ seed, after }).toEqual({ seed, after: expected });
    expect(parse(edited).deploy.image.tag).toBe('4.5.6');
  }
});
