/** What a step finds, for people; a promise that is broken fails the whole proof. */
export interface Proof {
  say: (line: string) => void;
  promise: (what: string, holds: boolean) => void;
}
export type Step = (proof: Proof) => Promise<void>;

/** Seconds since then, with one digit. */
export const secondsSince = (began: number): string => ((performance.now() - began) / 1000).toFixed(1);

/** Asks again and again. @throws Error when it does not become true in time */
export async function until(holds: () => Promise<boolean>, what: string, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await holds().catch(() => false))) {
    if (performance.now() > deadline) throw new Error(`${what}: not within ${withinMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Columns of text, the first to the left and the others to the right. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  '),
  );
}
