import { findProgram, programDirectories } from './servers.mjs';

/** The first has no windows and needs a quarter less of the machine. */
const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'];

/**
 * The Chromium that CHROMIUM names, or the one on PATH.
 * @param {NodeJS.ProcessEnv} environment
 * @param {readonly string[]} directories
 * @returns {string | undefined}
 */
export function findBrowser(environment, directories = programDirectories(environment)) {
  if (environment.CHROMIUM) return environment.CHROMIUM;
  return names.map((name) => findProgram(name, directories)).find((path) => path !== undefined);
}
