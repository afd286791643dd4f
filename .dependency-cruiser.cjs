/** Each rule is one sentence of the architecture. @type {import('dependency-cruiser').IConfiguration} */
const services = '^services/([^/]+)/';
const source = '^services/[^/]+/src/';
const tests = '(\\.test\\.ts$|/test/|/e2e/|/bench/)';

module.exports = {
  forbidden: [
    {
      name: 'services-talk-over-the-wire',
      severity: 'error',
      comment: 'A service never imports another service.',
      from: { path: services },
      to: { path: services, pathNot: '^services/$1/' },
    },
    {
      name: 'packages-know-no-service',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(services|web)/' },
    },
    {
      name: 'contracts-are-plain-data',
      severity: 'error',
      comment: 'The browser reads contracts too.',
      from: { path: '^packages/contracts/src/', pathNot: tests },
      to: { pathNot: ['^packages/contracts/src/', 'node_modules/zod/'] },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment:
        'Rules that would be true on paper: domain, contracts, problems, the topology, and what Node computes.',
      from: { path: '^services/[^/]+/src/domain/', pathNot: tests },
      to: {
        pathNot: [
          '^services/[^/]+/src/domain/',
          '^packages/contracts/src/',
          '^packages/kit/src/problem\\.ts$',
          '^packages/bus/src/(dead-letter|message|topology)\\.ts$',
          'node_modules/(zod|csv-stringify)/',
          '^(node:)?crypto$',
        ],
      },
    },
    {
      name: 'only-store-opens-databases',
      severity: 'error',
      from: { path: source, pathNot: ['/src/store/', tests] },
      to: {
        path: 'node_modules/(mongoose|mongodb|ioredis|mysql2|kysely)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'packages-without-databases',
      severity: 'error',
      comment: 'Of the packages only those that are about stores speak to them.',
      from: { path: '^packages/(kit|contracts|stack|simulators|release)/src/', pathNot: tests },
      to: { path: 'node_modules/(mongoose|mongodb|ioredis|mysql2|kysely)/' },
    },
    {
      name: 'no-chaos-in-production',
      severity: 'error',
      comment: 'What breaks the shop on purpose is known to nothing that runs it.',
      from: { pathNot: '^packages/chaos/' },
      to: { path: '^packages/chaos/' },
    },
    {
      name: 'only-http-speaks-express',
      severity: 'error',
      from: { path: source, pathNot: ['/src/(http/|app\\.ts)', tests] },
      to: { path: 'node_modules/express/' },
    },
    {
      name: 'only-the-bus-speaks-amqp',
      severity: 'error',
      from: { pathNot: ['^packages/(audit|bus|chaos|testkit)/', tests] },
      to: { path: 'node_modules/amqplib/' },
    },
    {
      name: 'store-and-doors-are-strangers',
      severity: 'error',
      comment: 'A store never sees a request or a message.',
      from: { path: '^services/[^/]+/src/store/' },
      to: { path: '^services/[^/]+/src/(http|events)/' },
    },
    {
      name: 'only-main-wires',
      severity: 'error',
      comment: 'Nothing imports the composition root.',
      from: { pathNot: '/src/main\\.ts$' },
      to: { path: '/src/main\\.ts$' },
    },
    {
      name: 'tests-stay-out',
      severity: 'error',
      from: { path: '^(services|packages)/[^/]+/src/', pathNot: [tests, '^packages/(chaos|testkit)/'] },
      to: { path: '^packages/testkit/' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'declared-only',
      severity: 'error',
      comment: 'Use what your own package.json lists.',
      from: { path: '^(services|packages|web)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules'] },
    exclude: { path: ['/dist/', '\\.shopstack/'] },
    combinedDependencies: false,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'require', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.d.ts', '.mjs', '.js'],
    },
  },
};
