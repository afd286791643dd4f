import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves when `condition` holds; fails with its name after `withinMs`. */
export async function until(
  name: string,
  condition: () => boolean | Promise<boolean>,
  withinMs = 15_000,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`never happened: ${name}`);
    await sleep(20);
  }
}
