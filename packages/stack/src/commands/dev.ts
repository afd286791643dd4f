import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { affectedParts } from '../affected-parts.ts';
import { describeFailure } from '../failure-text.ts';
import { repository } from '../layout.ts';
import type { Settings } from '../settings.ts';
import type { Shop } from '../shop.ts';
import { seconds } from '../terminal/amounts.ts';
import { readWorkspaceUses } from '../workspaces.ts';
import { start } from './start.ts';

const QUIET_MS = 150;
const watched = ['services', 'packages', 'web'];

/** Runs the shop and restarts the parts whose sources change: a service alone, a shared package with its users. */
export function dev(settings: Settings): Promise<number> {
  return start(settings, (shop) => {
    process.stdout.write('  Watching the sources.\n');
    const uses = readWorkspaceUses(repository);
    const changes = collectChanges((files) => restartAffected(shop, files, uses));
    for (const folder of watched.filter((name) => existsSync(join(repository, name)))) {
      watch(join(repository, folder), { recursive: true }, (_event, file) => {
        if (file !== null) changes(`${folder}/${file}`);
      });
    }
  });
}

/** Waits for a moment of quiet, and for the last restart to end, before it hands the changed files on. */
function collectChanges(handle: (files: readonly string[]) => Promise<void>): (file: string) => void {
  const files = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let last = Promise.resolve();
  return (file) => {
    files.add(file);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const changed = [...files];
      files.clear();
      last = last.then(() => handle(changed));
    }, QUIET_MS);
  };
}

async function restartAffected(
  shop: Shop,
  files: readonly string[],
  uses: ReturnType<typeof readWorkspaceUses>,
): Promise<void> {
  const present = new Set(shop.parts.filter(({ state }) => state !== 'absent').map(({ name }) => name));
  const names = new Set(
    files.flatMap((file) => affectedParts(file, uses)).filter((name) => present.has(name)),
  );
  await Promise.all([...names].map((name) => restart(shop, name, files)));
}

async function restart(shop: Shop, name: string, files: readonly string[]): Promise<void> {
  const begun = Date.now();
  try {
    await shop.restart(name);
    const why = files.length === 1 ? files[0] : `${files.length} files`;
    process.stdout.write(`↻ ${name} restarted in ${seconds(Date.now() - begun)} (${why})\n`);
  } catch (error) {
    process.stdout.write(`${describeFailure(error)}\n`);
  }
}
