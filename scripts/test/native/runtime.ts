import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { addressOf, isolateOwnModules, setGlobals, type TestGlobals } from './hooks.ts';

const require = createRequire(import.meta.url);
let runs = 0;
isolateOwnModules();

/**
 * Stands in for jest-runtime: a test file is imported by Node itself instead of being linked in a context of its own.
 * Loading express, mongoose and zod anew for every file was a third of the time of all tests.
 */
class NativeRuntime {
  readonly #run = ++runs;

  unstable_shouldLoadAsEsm = () => true;
  unstable_importModule = (path: string) => import(addressOf(pathToFileURL(path).href, this.#run));
  requireModule = (path: string) => require(path);
  /** Jest's own part of a test file keeps its state in the module. */
  requireInternalModule(path: string) {
    Reflect.deleteProperty(globalThis, Symbol.for('EVENT_HANDLERS'));
    Reflect.deleteProperty(require.cache, path);
    return require(path);
  }
  setGlobalsForRuntime = (globals: TestGlobals) => setGlobals(this.#run, globals);
  getSourceMaps = () => new Map();
  getAllCoverageInfoCopy = () => undefined;
  enterTestCode = () => undefined;
  leaveTestCode = () => undefined;
  teardown = () => undefined;
}

export { NativeRuntime as 'module.exports' };
