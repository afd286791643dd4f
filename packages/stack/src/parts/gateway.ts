import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, programPath } from '../command.ts';
import { repository } from '../layout.ts';
import type { Part } from '../part.ts';
import { answersOk } from '../probes.ts';
import { serviceNames } from '../services.ts';
import type { Surroundings } from '../surroundings.ts';
import { renderTemplate } from '../template.ts';

const templateFile = join(repository, 'web/gateway/nginx.conf.template');

export interface GatewayOptions {
  /** The folder with the built pages. */
  spaRoot: string;
  /** Values that replace the usual ones, or add to them. */
  overrides?: Record<string, string>;
  template?: string;
}

/** nginx in front of everything: pages and `/api/v1/<service>/`. */
export function gatewayPart(at: Surroundings, options: GatewayOptions): Part {
  const template = options.template ?? templateFile;
  const port = at.gatewayPort;
  return {
    name: 'gateway',
    port,
    listens: [port],
    needs: ['web'],
    ...(existsSync(template) ? {} : { absent: 'web/gateway has no nginx.conf.template' }),
    command: () => nginxCommand(at, template, options),
    isReady: () => answersOk(port, '/health'),
    readyWithinMs: 15_000,
    stopWithinMs: 700,
  };
}

function nginxCommand(at: Surroundings, template: string, options: GatewayOptions): Command {
  const dir = at.layout.folder('gateway');
  const configFile = join(dir, 'nginx.conf');
  const values = { ...gatewayValues(at, options.spaRoot), ...options.overrides };
  writeFileSync(configFile, renderTemplate(readFileSync(template, 'utf8'), values));
  return {
    program: programPath('nginx'),
    args: ['-e', 'stderr', '-p', dir, '-c', configFile, '-g', 'daemon off;'],
    env: {},
    cwd: dir,
    whenWeDie: 'SIGTERM',
  };
}

/** What the template is filled with on one machine. */
function gatewayValues(at: Surroundings, spaRoot: string): Record<string, string> {
  const hosts = serviceNames.map(
    (name) => [`${name.toUpperCase()}_HOST`, `127.0.0.1:${at.ports(name)}`] as const,
  );
  return {
    ...Object.fromEntries(hosts),
    GATEWAY_LISTEN: `127.0.0.1:${at.gatewayPort}`,
    SPA_ROOT: spaRoot,
    GATEWAY_TMP: at.layout.folder('gateway', 'tmp'),
    GATEWAY_PID: join(at.layout.folder('gateway'), 'nginx.pid'),
    GATEWAY_USER_LINE: process.getuid?.() === 0 ? 'user root;' : '',
    GATEWAY_ACCESS_LOG: 'off',
    GATEWAY_RESOLVER_LINE: '',
    GATEWAY_STATIC: '',
    GATEWAY_REAL_IP_FROM: nobody,
    GATEWAY_FRAME_SOURCES: "'none'",
    ...generousLimits,
  };
}

/** An address of RFC 5737 that no proxy has. */
const nobody = '192.0.2.255/32';

/** One machine has one client address: a person's limits would stop tests and load. */
const generousLimits = {
  GATEWAY_RATE_GENERAL: '2000r/s',
  GATEWAY_BURST_GENERAL: '4000',
  GATEWAY_RATE_SIGN_IN: '500r/s',
  GATEWAY_BURST_SIGN_IN: '1000',
  GATEWAY_RATE_REGISTER: '500r/s',
  GATEWAY_BURST_REGISTER: '1000',
  GATEWAY_RATE_CHECKOUT: '500r/s',
  GATEWAY_BURST_CHECKOUT: '1000',
};
