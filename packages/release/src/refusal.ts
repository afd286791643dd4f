/** Something the person at the keyboard can put right: its message is one line that says how. */
export class Refusal extends Error {
  override name = 'Refusal';
}

/** What was typed is not understood: exit code 2. */
export class UsageRefusal extends Refusal {
  override name = 'UsageRefusal';
}

/** What went wrong, in one line. */
export function oneLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replaceAll(/\s*\n\s*/g, ' ').trim();
}
