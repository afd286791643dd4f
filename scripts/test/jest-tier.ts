import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { TierResult } from './report.ts';

const repository = join(import.meta.dirname, '../..');
/** A tier that hangs is a failure, not an endless run. */
const TIER_MINUTES = 12;
interface JestSummary {
  numPassedTests: number;
  numPendingTests: number;
  testResults: { status: string; name: string; assertionResults: { status: string }[] }[];
}
interface Tier {
  tier: string;
  /** The Jest projects that run side by side in it. */
  projects: readonly string[];
  environment: Record<string, string>;
  outputFile: string;
  workers: number;
  /** Files that wait for others, and get one more run alone when they fail. */
  again?: RegExp;
  more: readonly string[];
}

/**
 * Runs Jest and counts. On a busy machine a timing can fail that holds when nothing else runs: files that depend on it get
 * one more run alone, and what passes only then is named, so that nobody overlooks it.
 */
export async function runTier(options: Tier): Promise<TierResult> {
  const startedAt = Date.now();
  const first = await runJest(options, options.more);
  const late = first.fails.filter(({ file }) => options.again?.test(file));
  const result = late.length > 0 ? await again(options, first, late) : first;
  return {
    tier: options.tier,
    passed: result.passed,
    failed: result.failed,
    skipped: result.skipped,
    seconds: (Date.now() - startedAt) / 1000,
  };
}

interface Run {
  passed: number;
  failed: number;
  skipped: number;
  /** Files with a failure, and how many of their tests passed all the same. */
  fails: { file: string; passed: number; failed: number; skipped: number }[];
}

async function again(options: Tier, first: Run, late: Run['fails']): Promise<Run> {
  const files = late.map(({ file }) => file);
  process.stderr.write(`\nonce more, alone: ${files.map((it) => relative(repository, it)).join(', ')}\n`);
  const second = await runJest({ ...options, workers: 1 }, ['--runTestsByPath', ...files]);
  const stillFail = new Set(second.fails.map(({ file }) => file));
  for (const file of files) {
    if (!stillFail.has(file)) process.stderr.write(`passed only alone: ${relative(repository, file)}\n`);
  }
  const before = (field: 'passed' | 'failed' | 'skipped') => late.reduce((sum, it) => sum + it[field], 0);
  return {
    passed: first.passed - before('passed') + second.passed,
    skipped: first.skipped - before('skipped') + second.skipped,
    failed: first.failed - before('failed') + second.failed,
    fails: second.fails,
  };
}

async function runJest(options: Tier, more: readonly string[]): Promise<Run> {
  const { outputFile } = options;
  rmSync(outputFile, { force: true });
  const args = [
    join(repository, 'node_modules/jest/bin/jest.js'),
    '--selectProjects',
    ...options.projects,
    '--passWithNoTests',
    '--forceExit',
    '--json',
    `--outputFile=${outputFile}`,
    ...(options.workers > 1 ? [`--maxWorkers=${options.workers}`] : ['--runInBand']),
    ...more,
  ];
  const code = await new Promise<number>((resolve) => {
    const child = spawn(process.execPath, ['--no-warnings', ...args], {
      cwd: repository,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        NODE_COMPILE_CACHE: join(repository, '.shopstack/cache/node'),
        ...options.environment,
      },
      timeout: TIER_MINUTES * 60_000,
      killSignal: 'SIGKILL',
    });
    child.on('exit', (exit) => resolve(exit ?? 1));
  });
  if (!existsSync(outputFile)) return { passed: 0, failed: 1, skipped: 0, fails: [] };
  return countsOf(JSON.parse(readFileSync(outputFile, 'utf8')) as JestSummary, code);
}

/** A file that could not even be loaded counts as one failure. */
function countsOf(summary: JestSummary, code: number): Run {
  const fails = summary.testResults
    .filter(({ status }) => status === 'failed')
    .map(({ name, assertionResults }) => {
      const count = (status: string) => assertionResults.filter((it) => it.status === status).length;
      return {
        file: name,
        passed: count('passed'),
        failed: Math.max(1, count('failed')),
        skipped: count('pending'),
      };
    });
  const failed = fails.reduce((sum, it) => sum + it.failed, 0);
  return {
    passed: summary.numPassedTests,
    skipped: summary.numPendingTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    fails,
  };
}
