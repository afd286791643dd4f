import { fork } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { createLayout } from '../layout.ts';
import type { PartStatus } from '../part.ts';
import type { Settings } from '../settings.ts';
import { openStartScreen } from '../terminal/screen.ts';
import { isLauncherMessage, type LauncherMessage } from './launcher-message.ts';
import { sayOpen, sayWhenRunning } from './start.ts';

/** Starts the shop in a launcher of its own and returns when it is ready; 1 when it could not be started. */
export async function startDetached(settings: Settings): Promise<number> {
  if (sayWhenRunning(settings)) return 0;
  const begun = Date.now();
  const screen = openStartScreen(process.stdout);
  const parts = new Map<string, PartStatus>();
  const outcome = await launcherOutcome(settings, (part) => {
    parts.set(part.name, part);
    screen.show(part);
  });
  screen.end();
  if (outcome.kind === 'failed') {
    process.stderr.write(`${outcome.message}\n`);
    return 1;
  }
  sayOpen(settings, [...parts.values()], { tookMs: Date.now() - begun, howToStop: 'npm stop ends it.' });
  return 0;
}

type Outcome = Exclude<LauncherMessage, { kind: 'part' }>;

function launcherOutcome(settings: Settings, onPart: (part: PartStatus) => void): Promise<Outcome> {
  const layout = createLayout(settings.dataDir);
  const log = openSync(layout.logFile('launcher'), 'a', 0o600);
  const launcher = fork(join(import.meta.dirname, '../launcher.ts'), settings.observe ? ['--observe'] : [], {
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { ...process.env, NODE_COMPILE_CACHE: layout.folder('cache', 'node') },
  });
  closeSync(log);
  const stopLauncher = () => launcher.kill('SIGTERM');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stopLauncher);
  return new Promise((resolve) => {
    launcher.on('message', (message) => {
      if (!isLauncherMessage(message)) return;
      if (message.kind === 'part') return onPart(message.part);
      resolve(message);
      launcher.removeAllListeners();
      launcher.disconnect();
      launcher.unref();
    });
    launcher.once('exit', () => resolve({ kind: 'failed', message: 'The start was stopped.' }));
  });
}
