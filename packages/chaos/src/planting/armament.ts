import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceName } from '@shopstack/stack/services';
import { failpointsOf } from './failpoints.ts';

export interface ArmedFailpoint {
  service: string;
  name: string;
}
const FIRED = '.fired';
const fileOf = (dir: string, service: string, name: string) => join(dir, `${service}.${name}`);

/**
 * The next process of this service that comes to this point dies there, once. It works on running processes.
 * @throws TypeError when the service has no such failpoint.
 */
export function armFailpoint(dir: string, service: ServiceName, name: string): void {
  if (!failpointsOf(service).some((it) => it.name === name))
    throw new TypeError(`${service} has no failpoint ${name}`);
  mkdirSync(dir, { recursive: true });
  rmSync(fileOf(dir, service, name) + FIRED, { force: true });
  writeFileSync(fileOf(dir, service, name), '');
}

/** True until a process has died of it. */
export const isArmed = (dir: string, service: ServiceName, name: string): boolean =>
  existsSync(fileOf(dir, service, name));

/** True when a process has died of it since it was armed. */
export const hasFired = (dir: string, service: ServiceName, name: string): boolean =>
  existsSync(fileOf(dir, service, name) + FIRED);

export function disarmFailpoint(dir: string, service: ServiceName, name: string): void {
  rmSync(fileOf(dir, service, name), { force: true });
}

/** What is armed and has not fired yet. */
export function armedFailpoints(dir: string): ArmedFailpoint[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((file) => /^[a-z]+\.[a-z-]+$/.test(file))
    .map((file) => {
      const [service = '', name = ''] = file.split('.');
      return { service, name };
    });
}

/** Takes an armed failpoint for this process; of several replicas one gets it. */
export function claimFailpoint(dir: string, service: string, name: string): boolean {
  const file = fileOf(dir, service, name);
  if (!existsSync(file)) return false;
  try {
    renameSync(file, file + FIRED);
    return true;
  } catch {
    return false;
  }
}
