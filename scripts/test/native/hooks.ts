import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';

/** What `@jest/globals` exports. */
export type TestGlobals = Record<string, unknown>;

const names = ['describe', 'test', 'it', 'expect', 'beforeAll', 'beforeEach', 'afterEach', 'afterAll'];
const ownSource = /^file:(?!.*\/node_modules\/).*\.(ts|mjs)$/;
const ofRun = /\?run=(\d+)$/;
const globalsByRun = new Map<string, TestGlobals>();
Object.assign(globalThis, { [Symbol.for('shopstack.test-globals')]: globalsByRun });
const sources = new Map<string, string>();

/** The address under which a test file, and all of our sources it imports, are loaded anew. */
export const addressOf = (url: string, run: number) => `${url}?run=${run}`;

export const setGlobals = (run: number, globals: TestGlobals) => globalsByRun.set(String(run), globals);

/**
 * From now on each test file gets our own modules for itself, so that no file sees what another left in them; packages
 * are loaded once per process.
 */
export function isolateOwnModules() {
  registerHooks({
    resolve(specifier, context, next) {
      const run = ofRun.exec(context.parentURL ?? '')?.[1];
      if (run === undefined) return next(specifier, context);
      if (specifier === '@jest/globals')
        return { url: `test-globals:${run}`, format: 'module', shortCircuit: true };
      const found = next(specifier, context);
      return ownSource.test(found.url) ? { ...found, url: `${found.url}?run=${run}` } : found;
    },
    load(url, context, next) {
      if (url.startsWith('test-globals:'))
        return { source: globalsModule(url.slice(13)), format: 'module', shortCircuit: true };
      if (!ofRun.test(url)) return next(url, context);
      return { source: sourceOf(url.replace(ofRun, '')), format: 'module', shortCircuit: true };
    },
  });
}

const globalsModule = (run: string) =>
  `export const { ${names.join(', ')} } = globalThis[Symbol.for('shopstack.test-globals')].get('${run}');`;

function sourceOf(url: string): string {
  const known = sources.get(url);
  if (known !== undefined) return known;
  const text = readFileSync(fileURLToPath(url), 'utf8');
  const source = url.endsWith('.ts') ? stripTypeScriptTypes(text) : text;
  sources.set(url, source);
  return source;
}
