import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TierResult } from './report.ts';

const repository = join(import.meta.dirname, '../..');
interface JestSummary {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numFailedTestSuites: number;
  testResults: { status: string; name: string; message: string; assertionResults: unknown[] }[];
}

/** Runs one Jest project and counts; a file that could not even be loaded counts as one failure. */
export async function runTier(options: {
  tier: string;
  environment: Record<string, string>;
  outputFile: string;
  workers: number;
  more: readonly string[];
}): Promise<TierResult> {
  const startedAt = Date.now();
  const { outputFile } = options;
  rmSync(outputFile, { force: true });
  const args = [
    join(repository, 'node_modules/jest/bin/jest.js'),
    '--selectProjects',
    options.tier,
    '--passWithNoTests',
    '--forceExit',
    '--json',
    `--outputFile=${outputFile}`,
    ...(options.workers > 1 ? [`--maxWorkers=${options.workers}`] : ['--runInBand']),
    ...options.more,
  ];
  const code = await new Promise<number>((resolve) => {
    const child = spawn(process.execPath, ['--experimental-vm-modules', '--no-warnings', ...args], {
      cwd: repository,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, ...options.environment },
    });
    child.on('exit', (exit) => resolve(exit ?? 1));
  });
  const seconds = (Date.now() - startedAt) / 1000;
  if (!existsSync(outputFile)) return { tier: options.tier, passed: 0, failed: 1, skipped: 0, seconds };
  const summary = JSON.parse(readFileSync(outputFile, 'utf8')) as JestSummary;
  const broken = summary.testResults.filter(
    (it) => it.status === 'failed' && it.assertionResults.length === 0,
  );
  const failed = summary.numFailedTests + broken.length;
  return {
    tier: options.tier,
    passed: summary.numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: summary.numPendingTests,
    seconds,
  };
}
