/** @typedef {import('./packages.mjs').Extent} Extent */
/** @typedef {'start' | 'dev' | 'stop' | 'status' | 'logs' | 'reset' | 'seed' | 'audit' | 'acceptance' | 'chaos' | 'release' | 'messages' | 'telemetry' | 'figures' | 'containers' | 'alerts' | 'test' | 'check'} CommandName */

/**
 * @typedef {object} Command
 * @property {string} entry the TypeScript file that does it, from the repository's root
 * @property {readonly string[]} words its first arguments
 * @property {boolean} needsServers
 * @property {boolean} needsObservers Prometheus and Alertmanager, which --observe asks for too
 * @property {boolean} needsBrowser
 * @property {Extent} packages
 * @property {Readonly<Record<string, string | undefined>>} flags each with its short form
 * @property {'none' | 'names' | 'anything'} takes what may follow besides flags; with anything, flags are not ours
 * @property {string} usage
 */

const cli = 'packages/stack/src/cli.ts';

/**
 * @param {CommandName} name
 * @param {string} usage
 * @param {Partial<Command>} more
 * @returns {[CommandName, Command]}
 */
const command = (name, usage, more = {}) => [
  name,
  {
    entry: cli,
    words: [name],
    needsServers: false,
    needsObservers: false,
    needsBrowser: false,
    packages: 'any',
    flags: {},
    takes: 'none',
    usage,
    ...more,
  },
];
const runs = /** @type {const} */ ({ needsServers: true, packages: 'production' });
const develops = /** @type {const} */ ({ words: [], packages: 'all' });

/** @type {ReadonlyMap<string, Command>} */
export const commands = new Map([
  command('start', 'npm start [-- [--observe] [--detach | --docker]]', {
    ...runs,
    flags: { detach: 'd', docker: undefined, observe: undefined },
  }),
  command('dev', 'npm run dev', runs),
  command('stop', 'npm stop'),
  command('status', 'npm run status'),
  command('logs', 'npm run logs <part>… [-- -f]', { flags: { follow: 'f' }, takes: 'names' }),
  command('reset', 'npm run reset'),
  command('seed', 'npm run seed', { packages: 'production' }),
  command('test', "npm test [-- <Jest's options, for example -t 'a guest buys'>]", {
    ...develops,
    entry: 'scripts/test.ts',
    needsServers: true,
    needsBrowser: true,
    takes: 'anything',
  }),
  command(
    'audit',
    'npm run audit [-- --json --at-rest --grace <seconds> --budget <seconds> --report <url>]',
    {
      words: [],
      entry: 'packages/audit/src/main.ts',
      packages: 'production',
      takes: 'anything',
    },
  ),
  command('acceptance', 'npm run acceptance -- --url <the shop>', {
    words: [],
    entry: 'packages/acceptance/src/main.ts',
    packages: 'production',
    takes: 'anything',
  }),
  command('chaos', 'npm run chaos -- --orders N --faults M --seed S', {
    ...develops,
    entry: 'packages/chaos/src/main.ts',
    needsServers: true,
    takes: 'anything',
  }),
  command('release', 'npm run release -- [<command>] [--dry-run]', {
    ...develops,
    entry: 'packages/release/src/main.ts',
    takes: 'anything',
  }),
  command('messages', 'npm run messages [-- --release]', {
    ...develops,
    entry: 'scripts/messages.ts',
    takes: 'anything',
  }),
  command('telemetry', 'npm run telemetry', { ...develops, entry: 'scripts/telemetry.ts' }),
  command('figures', 'npm run figures', { ...develops, entry: 'load/figures.ts' }),
  command('containers', 'npm run containers -- [--only images,start,…] [--keep]', {
    ...develops,
    entry: 'load/containers.ts',
    takes: 'anything',
  }),
  command('alerts', 'npm run alerts [-- --only ServiceDown,StoreDown,… --keep]', {
    ...develops,
    entry: 'load/alerts.ts',
    needsServers: true,
    needsObservers: true,
    takes: 'anything',
  }),
  command('check', 'npm run check', { ...develops, entry: 'scripts/check.ts' }),
]);
