// npm run check: format, lint, types, dependency rules, dead code, the repository's own rules.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const repository = join(import.meta.dirname, '..');
const bin = (name: string) => join(repository, 'node_modules/.bin', name);
const projects = ['packages', 'services'].flatMap((folder) =>
  readdirSync(join(repository, folder)).map((name) => join(folder, name)),
);
const checks: [name: string, command: string, args: string[]][] = [
  ['format and lint', bin('biome'), ['check', '--error-on-warnings', '.']],
  ...[...projects, 'web', 'mongo/catalogue/illustrations', 'mysql/data', 'scripts'].map(
    (project): [string, string, string[]] => [`types of ${project}`, bin('tsc'), ['-p', project]],
  ),
  ['typed lint', bin('eslint'), ['.']],
  ['dependency rules', bin('depcruise'), ['packages', 'services', 'web', 'scripts']],
  ['dead code', bin('knip'), []],
];

let failed = 0;
for (const [name, command, args] of checks) {
  const startedAt = Date.now();
  const { code, output } = await run(command, args);
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (code !== 0) {
    failed++;
    console.log(output);
  }
}
console.log(failed === 0 ? 'all checks are clean' : `${failed} checks failed`);
process.exitCode = failed === 0 ? 0 : 1;

function run(command: string, args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: repository, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (output += String(chunk)));
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('exit', (code) => resolve({ code: code ?? 1, output }));
  });
}
