// npm run check: format, lint, types, dependency rules, dead code. The repository's own rules are unit tests.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

interface Check {
  name: string;
  program: string;
  args: string[];
}

const AT_ONCE = 2;
const repository = join(import.meta.dirname, '..');
/** The longest first, so that none is left alone at the end. */
const checks: Check[] = [
  { name: 'typed lint', program: 'eslint', args: ['.', '--max-warnings=0'] },
  { name: 'types', program: 'tsc', args: ['-p', '.'] },
  { name: 'types of the web', program: 'tsc', args: ['-p', 'web'] },
  { name: 'format and lint', program: 'biome', args: ['check', '--error-on-warnings'] },
  {
    name: 'dependency rules',
    program: 'depcruise',
    args: ['packages', 'services', 'web', 'scripts', 'mongo', 'mysql'],
  },
  { name: 'dead code', program: 'knip', args: ['--no-progress', '--treat-config-hints-as-errors'] },
];

const startedAt = Date.now();
const waiting = [...checks];
const failed: string[] = [];
await Promise.all(Array.from({ length: AT_ONCE }, work));
console.log(
  failed.length === 0
    ? `all checks are clean (${secondsSince(startedAt)} s)`
    : `not clean: ${failed.join(', ')}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;

async function work(): Promise<void> {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    const began = Date.now();
    const { code, output } = await run(check);
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${check.name} (${secondsSince(began)} s)`);
    if (code === 0) continue;
    failed.push(check.name);
    console.log(output);
  }
}

function run({ program, args }: Check): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(join(repository, 'node_modules/.bin', program), args, {
      cwd: repository,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function secondsSince(time: number): string {
  return ((Date.now() - time) / 1000).toFixed(1);
}
