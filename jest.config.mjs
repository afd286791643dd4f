const tier = (name, testMatch, more = {}) => ({
  displayName: name,
  testMatch,
  testEnvironment: '<rootDir>/scripts/test/native/environment.ts',
  runtime: '<rootDir>/scripts/test/native/runtime.ts',
  injectGlobals: false,
  transform: {},
  testPathIgnorePatterns: ['/node_modules/', '/.shopstack/'],
  modulePathIgnorePatterns: ['/.shopstack/'],
  ...more,
});

/** One project per test tier; the tier is in the file's name. */
export default {
  projects: [
    tier('unit', [
      '<rootDir>/{packages,services,web,scripts,mongo,mysql,terraform}/**/!(*.int|*.e2e|*.kill|*.campaign).test.ts',
    ]),
    tier('integration', ['<rootDir>/{packages,services,web}/**/*.int.test.ts']),
    tier('e2e', ['<rootDir>/{packages,services,web}/**/*.e2e.test.ts']),
    tier('kill', ['<rootDir>/packages/**/*.kill.test.ts']),
    tier('campaign', ['<rootDir>/packages/**/*.campaign.test.ts']),
  ],
  testSequencer: '<rootDir>/scripts/test/sequencer.ts',
  testTimeout: 60_000,
};
