/** What a tier of tests came to. */
export interface TierResult {
  tier: string;
  passed: number;
  failed: number;
  /** Tests that did not run, each with its reason where there is one. */
  skipped: number;
  seconds: number;
}

/** The last line of a test run; machines read it. */
export const closingLine = (results: readonly TierResult[]): string => {
  const sum = (field: 'passed' | 'failed' | 'skipped') => results.reduce((total, it) => total + it[field], 0);
  const skipped = sum('skipped');
  return `${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
};

/** One row per tier. */
export function tierTable(results: readonly TierResult[]): string {
  const rows = results.map((it) => [
    it.tier,
    `${it.passed} passed`,
    it.failed > 0 ? `${it.failed} FAILED` : '0 failed',
    it.skipped > 0 ? `${it.skipped} skipped` : '',
    `${it.seconds.toFixed(0)} s`,
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
