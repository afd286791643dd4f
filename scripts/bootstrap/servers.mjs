import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Server what the shop needs besides Node
 * @property {string} name
 * @property {readonly string[]} programs all of them must be found
 * @property {string | undefined} urlVariable when set, that server is used and none is started
 * @property {string} debianPackage
 * @property {string} brewFormula
 */

/** @type {readonly Server[]} */
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
 * @param {string} program
 * @param {readonly string[]} directories
 * @returns {string | undefined} the full path of the first executable of that name
 */
export function findProgram(program, directories) {
  return directories.map((directory) => join(directory, program)).find(isExecutableFile);
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
 * The servers that have neither a URL in the environment nor all of their programs.
 * @param {NodeJS.ProcessEnv} environment
 * @param {readonly string[]} directories
 * @returns {Server[]}
 */
export function missingServers(environment, directories = programDirectories(environment)) {
  return servers.filter(({ programs, urlVariable }) => {
    if (urlVariable && environment[urlVariable]) return false;
    return programs.some((program) => findProgram(program, directories) === undefined);
  });
}

/**
 * One message: what is missing and the three ways to get it.
 * @param {readonly Server[]} missing
 * @param {NodeJS.Platform} platform
 * @returns {string}
 */
export function howToGet(missing, platform) {
  const withUrl = missing.flatMap(({ urlVariable }) => (urlVariable ? [urlVariable] : []));
  const needsNginx = missing.some(({ name }) => name === 'nginx');
  const install =
    platform === 'darwin'
      ? `brew install ${missing.map(({ brewFormula }) => brewFormula).join(' ')}`
      : `sudo apt-get install --no-install-recommends ${missing.map(({ debianPackage }) => debianPackage).join(' ')}`;
  return [
    `The shop needs ${missing.map(({ name }) => name).join(', ')}, and could not find or install ${missing.length === 1 ? 'it' : 'them'}. Any one of these helps:`,
    `  packages   ${install}`,
    '  Docker     npm start -- --docker   (the whole shop in containers)',
    withUrl.length > 0
      ? `  URLs       set ${withUrl.join(', ')} to servers that already run${needsNginx ? ' (not for nginx)' : ''}`
      : '  URLs       not for nginx: the gateway always runs here',
  ].join('\n');
}
