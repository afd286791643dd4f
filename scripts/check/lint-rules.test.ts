import { describe, expect, test } from '@jest/globals';
import { plantTree } from './planted-tree.ts';

const branches = Array.from({ length: 8 }, (_, i) => `if (n > ${i} && n !== ${i + 20}) total += ${i};`);
const sound = [
  'export async function twice(work: () => Promise<number>): Promise<number> {',
  '  return (await work()) * 2;',
  '}',
  '',
].join('\n');

/** A file for each rule of biome that the house relies on. */
const plain: Record<string, string> = {
  'suspicious/noExplicitAny': 'export const value: any = 1;',
  'style/noNonNullAssertion': 'export const first = (list: string[]) => list[0]!;',
  'style/noDefaultExport': 'export default 1;',
  'style/useImportType': "import { Stats } from 'node:fs';\nexport type Size = Stats['size'];",
  'complexity/noExcessiveCognitiveComplexity': `export function sum(n: number) {\nlet total = 0;\n${branches.join('\n')}\nreturn total;\n}`,
};
/** A file for each rule that needs types. */
const typed: Record<string, string> = {
  'no-floating-promises': 'const work = async () => 1;\nexport const start = () => {\n  work();\n};',
  'no-misused-promises':
    'export const log = (list: string[]) => list.forEach(async (it) => console.log(it));',
  'await-thenable': 'export const one = async () => await 1;',
  'switch-exhaustiveness-check':
    "export function size(it: 'small' | 'big') {\n  switch (it) {\n    case 'small':\n      return 1;\n  }\n}",
};

describe('biome', () => {
  test('finds nothing in sound code', () => {
    expect(lint({ 'services/a/src/sound.ts': sound })).toEqual([]);
  });
  test.each(Object.keys(plain))('sees %s broken', (rule) => {
    expect(lint({ 'services/a/src/breach.ts': plain[rule] ?? '' })).toEqual([`lint/${rule}`]);
  });
  test('lets the settings of a tool be a default export', () => {
    expect(
      lint({ 'tool.config.mjs': 'export default {};\n', 'web/vite.config.ts': 'export default {};\n' }),
    ).toEqual([]);
  });
});

test('typed lint sees each of its rules broken, each by its breach only', () => {
  const path = (rule: string) => `services/a/src/${rule}.ts`;
  const files = Object.fromEntries(Object.entries(typed).map(([rule, text]) => [path(rule), text]));
  const expected = Object.keys(typed).map((rule) => `${path(rule)} breaks @typescript-eslint/${rule}`);
  expect(typedLint({ ...files, 'services/a/src/sound.ts': sound })).toEqual(expected.sort());
});

function lint(files: Record<string, string>): string[] {
  const tree = plantTree({ files, settings: ['biome.json', '.gitignore'] });
  try {
    const { output } = tree.run('biome', ['lint', '--error-on-warnings', '--reporter=json', '.']);
    const report: { diagnostics: { category: string }[] } = JSON.parse(output);
    return report.diagnostics.map(({ category }) => category);
  } finally {
    tree.remove();
  }
}

function typedLint(files: Record<string, string>): string[] {
  const tree = plantTree({
    files: { ...files, 'web/src/main.tsx': 'export const page = 1;' },
    settings: ['eslint.config.mjs', 'tsconfig.base.json', 'tsconfig.json', 'web/tsconfig.json'],
    linked: ['typescript-eslint', 'vite', '@types/node'],
  });
  try {
    const { output } = tree.run('eslint', ['--format', 'json', '.']);
    const report: { filePath: string; messages: { ruleId: string | null }[] }[] = JSON.parse(output);
    return report
      .flatMap(({ filePath, messages }) =>
        messages.map(({ ruleId }) => `${filePath.replace(/^.*?(?=services\/)/, '')} breaks ${ruleId}`),
      )
      .sort();
  } finally {
    tree.remove();
  }
}
