import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';
import { plantTree } from './planted-tree.ts';

const installed = ['zod', 'express', 'mongoose', 'amqplib', 'undeclared'];
const declared = Object.fromEntries(installed.slice(0, -1).map((name) => [name, '*']));
const stub = '{ "version": "1.0.0", "main": "index.js" }';

/** The smallest shop that keeps every rule. */
const shop: Record<string, string> = {
  'package.json': '{ "type": "module" }',
  ...Object.fromEntries(
    installed.flatMap((name) => [
      [`node_modules/${name}/package.json`, stub],
      [`node_modules/${name}/index.js`, 'module.exports = {};'],
    ]),
  ),
  ...Object.fromEntries(
    [
      'packages/contracts',
      'packages/kit',
      'packages/bus',
      'packages/chaos',
      'packages/testkit',
      'services/a',
      'services/b',
    ].map((folder) => [`${folder}/package.json`, JSON.stringify({ type: 'module', dependencies: declared })]),
  ),
  'packages/contracts/src/things.ts': "import 'zod';",
  'packages/kit/src/problem.ts': 'export const problem = 1;',
  'packages/bus/src/link.ts': "import 'amqplib';",
  'packages/chaos/src/preload.ts': 'export const preload = 1;',
  'packages/testkit/src/stores.ts': "import 'mongoose';\nimport 'amqplib';",
  'services/a/src/main.ts': "import './app.ts';",
  'services/a/src/app.ts': "import 'express';\nimport './http/things.ts';",
  'services/a/src/http/things.ts':
    "import 'express';\nimport '../domain/thing.ts';\nimport '../store/things.ts';",
  'services/a/src/domain/thing.ts':
    "import '../../../../packages/contracts/src/things.ts';\nimport '../../../../packages/kit/src/problem.ts';",
  'services/a/src/store/things.ts': "import 'mongoose';",
  'services/a/test/things.int.test.ts':
    "import '../../../packages/testkit/src/stores.ts';\nimport '../src/app.ts';",
  'services/b/src/app.ts': "import 'express';",
  'web/src/main.tsx': "import '../../packages/contracts/src/things.ts';",
};

/** One file for each rule, which breaks that rule and no other. */
const breaches: Record<string, [path: string, text: string]> = {
  'services-talk-over-the-wire': ['services/a/src/clients/b.ts', "import '../../../b/src/app.ts';"],
  'packages-know-no-service': ['packages/kit/src/shop.ts', "import '../../../services/b/src/app.ts';"],
  'contracts-are-plain-data': ['packages/contracts/src/files.ts', "import 'node:fs';"],
  'domain-is-pure': ['services/a/src/domain/files.ts', "import 'node:fs';"],
  'only-store-opens-databases': ['services/a/src/http/rows.ts', "import 'mongoose';"],
  'packages-without-databases': ['packages/kit/src/rows.ts', "import 'mongoose';"],
  'no-chaos-in-production': ['packages/kit/src/faults.ts', "import '../../chaos/src/preload.ts';"],
  'only-http-speaks-express': ['services/a/src/clients/express.ts', "import 'express';"],
  'only-the-bus-speaks-amqp': ['services/a/src/events/queue.ts', "import 'amqplib';"],
  'store-and-doors-are-strangers': ['services/a/src/store/request.ts', "import '../http/things.ts';"],
  'only-main-wires': ['services/a/src/http/root.ts', "import '../main.ts';"],
  'tests-stay-out': ['services/a/src/store/fake.ts', "import '../../../../packages/testkit/src/stores.ts';"],
  resolvable: ['services/a/src/http/lost.ts', "import './nowhere.ts';"],
  'no-cycles': ['services/a/src/http/self.ts', "import './self.ts';"],
  'declared-only': ['services/a/src/http/undeclared.ts', "import 'undeclared';"],
};

test('a tree that keeps the rules is clean', () => {
  expect(violations(shop)).toEqual([]);
});

test('each rule is broken by its breach and by nothing else', () => {
  const planted = Object.fromEntries(Object.values(breaches));
  const expected = Object.entries(breaches).map(([rule, [path]]) => `${path} breaks ${rule}`);
  expect(violations({ ...shop, ...planted })).toEqual(expected.sort());
});

test('every rule has its breach', () => {
  const rules: { forbidden: { name: string }[] } = createRequire(import.meta.url)(
    '../../.dependency-cruiser.cjs',
  );
  expect(Object.keys(breaches).sort()).toEqual(rules.forbidden.map(({ name }) => name).sort());
});

function violations(files: Record<string, string>): string[] {
  const tree = plantTree({ files, settings: ['.dependency-cruiser.cjs', 'tsconfig.base.json'] });
  try {
    const { output } = tree.run('depcruise', ['--output-type', 'json', 'packages', 'services', 'web']);
    const report: { summary: { violations: { from: string; rule: { name: string } }[] } } =
      JSON.parse(output);
    return report.summary.violations.map(({ from, rule }) => `${from} breaks ${rule.name}`).sort();
  } finally {
    tree.remove();
  }
}
