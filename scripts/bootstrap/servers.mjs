import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Server what the shop needs besides Node
 * @property {string} name
 * @property {readonly (string | readonly string[])[]} programs all of them must be found; of a list, one
 * @property {string | undefined} urlVariable when set, that server is used and none is started
 * @property {string} debianPackage
 * @property {string} brewFormula
 */

/**
 * What everything runs on.
 * @type {readonly Server[]}
 */
export const servers = [
  {
    name: 'redis',
    programs: ['redis-server'],
    urlVariable: 'REDIS_URL',
    debianPackage: 'redis-server',
    brewFormula: 'redis',
  },
  {
    name: 'mariadb',
    programs: ['mariadbd', 'mariadb-install-db'],
    urlVariable: 'MYSQL_URL',
    debianPackage: 'mariadb-server',
    brewFormula: 'mariadb',
  },
  {
    name: 'rabbitmq',
    programs: ['rabbitmq-server', 'epmd'],
    urlVariable: 'AMQP_URL',
    debianPackage: 'rabbitmq-server',
    brewFormula: 'rabbitmq',
  },
  {
    name: 'nginx',
    programs: ['nginx'],
    urlVariable: undefined,
    debianPackage: 'nginx',
    brewFormula: 'nginx',
  },
];

/** What Debian calls it, and what its makers do. */
export const alertmanagerPrograms = /** @type {const} */ (['prometheus-alertmanager', 'alertmanager']);

/**
 * What looks at the shop when it is observed.
 * @type {readonly Server[]}
 */
export const observers = [
  {
    name: 'prometheus',
    programs: ['prometheus'],
    urlVariable: undefined,
    debianPackage: 'prometheus',
    brewFormula: 'prometheus',
  },
  {
    name: 'alertmanager',
    programs: [alertmanagerPrograms],
    urlVariable: undefined,
    debianPackage: 'prometheus-alertmanager',
    brewFormula: 'alertmanager',
  },
];

/**
 * What a command needs on this machine, as it was typed.
 * @param {{ needsServers: boolean, needsObservers: boolean }} command
 * @param {ReadonlySet<string>} flags
 * @returns {readonly Server[]}
 */
export const neededServers = ({ needsServers, needsObservers }, flags) => [
  ...(needsServers ? servers : []),
  ...(needsObservers || flags.has('observe') ? observers : []),
];

/**
 * Where programs are looked for. Debian's rabbitmq-server comes first because the one in /usr/sbin is a wrapper that
 * insists on the system's own node name and user.
 * @param {NodeJS.ProcessEnv} environment
 * @returns {string[]}
 */
export function programDirectories(environment) {
  const onPath = (environment.PATH ?? '').split(':').filter((directory) => directory !== '');
  const usual = [
    '/usr/sbin',
    '/usr/local/sbin',
    '/opt/homebrew/bin',
    '/opt/homebrew/sbin',
    '/usr/bin',
    '/bin',
  ];
  return [...new Set(['/usr/lib/rabbitmq/bin', ...onPath, ...usual])];
}

/**
 * @param {string | readonly string[]} program its name, or the names it may have
 * @param {readonly string[]} directories
 * @returns {string | undefined} the full path of the first executable of that name
 */
export function findProgram(program, directories) {
  const names = typeof program === 'string' ? [program] : program;
  return names
    .flatMap((name) => directories.map((directory) => join(directory, name)))
    .find(isExecutableFile);
}

/** @param {string} file */
function isExecutableFile(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * Of the servers that are wanted, those that have neither a URL in the environment nor all of their programs.
 * @param {readonly Server[]} wanted
 * @param {NodeJS.ProcessEnv} environment
 * @param {readonly string[]} directories
 * @returns {Server[]}
 */
export function missingServers(wanted, environment, directories = programDirectories(environment)) {
  return wanted.filter(({ programs, urlVariable }) => {
    if (urlVariable && environment[urlVariable]) return false;
    return programs.some((program) => findProgram(program, directories) === undefined);
  });
}

/**
 * One message: what is missing and the ways to get it.
 * @param {readonly Server[]} missing
 * @param {NodeJS.Platform} platform
 * @returns {string}
 */
export function howToGet(missing, platform) {
  const install =
    platform === 'darwin'
      ? `brew install ${missing.map(({ brewFormula }) => brewFormula).join(' ')}`
      : `sudo apt-get install --no-install-recommends ${missing.map(({ debianPackage }) => debianPackage).join(' ')}`;
  const observesOnly = missing.every((server) => observers.includes(server));
  return [
    `The shop needs ${missing.map(({ name }) => name).join(', ')}, and could not find or install ${missing.length === 1 ? 'it' : 'them'}. Any one of these helps:`,
    `  packages   ${install}`,
    `  Docker     npm start -- --docker${missing.some((server) => observers.includes(server)) ? ' --observe' : ''}   (the whole shop in containers)`,
    observesOnly ? '  without    npm start   (the same shop; nothing looks at it)' : urlAdvice(missing),
  ].join('\n');
}

/** @param {readonly Server[]} missing */
function urlAdvice(missing) {
  const withUrl = missing.flatMap(({ urlVariable }) => (urlVariable ? [urlVariable] : []));
  const needsNginx = missing.some(({ name }) => name === 'nginx');
  return withUrl.length > 0
    ? `  URLs       set ${withUrl.join(', ')} to servers that already run${needsNginx ? ' (not for nginx)' : ''}`
    : '  URLs       not for nginx: the gateway always runs here';
}
