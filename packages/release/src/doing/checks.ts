import { Refusal } from '../refusal.ts';
import type { Run } from './program.ts';

export interface Checks {
  checkCommand: readonly string[];
  testCommand: readonly string[];
  folders: readonly string[];
  root: string;
  say: (line: string) => void;
  onLine: (line: string) => void;
}

/** Runs the repository's checks, then the tests of what changed. @throws Refusal naming the command that failed. */
export async function passChecks(run: Run, checks: Checks): Promise<void> {
  for (const command of [checks.checkCommand, withFolders(checks.testCommand, checks.folders)]) {
    const [program, ...words] = command;
    if (program === undefined) continue;
    checks.say(`$ ${command.join(' ')}`);
    const outcome = await run(program, words, { cwd: checks.root, onLine: checks.onLine });
    if (outcome.code !== 0)
      throw new Refusal(
        `${command.join(' ')} failed (exit code ${outcome.code}): put it right and run again`,
      );
  }
}

/** `{folders}` becomes one word per folder, each ending in a slash. */
function withFolders(command: readonly string[], folders: readonly string[]): string[] {
  return command.flatMap((word) => (word === '{folders}' ? folders.map((it) => `${it}/`) : [word]));
}
