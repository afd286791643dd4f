import { mkdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { parseArguments } from './arguments.ts';
import { describeFailure } from './failure-text.ts';
import { type Settings, settingsFrom, UsageError } from './settings.ts';

process.stdout.on('error', () => undefined);

async function run(words: readonly string[]): Promise<number> {
  const { command, flags, names } = parseArguments(words, process.env);
  const settings = settingsFrom(process.env, flags.has('observe'));
  mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 });
  enableCompileCache(join(settings.dataDir, 'cache/node'));
  switch (command) {
    case 'start':
      return startCommand(settings, flags.has('detach'));
    case 'stop':
      return (await import('./commands/stop.ts')).stop(settings);
    case 'status':
      return (await import('./commands/status.ts')).status(settings);
    case 'logs':
      return (await import('./commands/logs.ts')).logs(
        settings,
        names,
        flags.has('follow') ? 'follow' : 'once',
      );
    case 'dev':
      return (await import('./commands/dev.ts')).dev(settings);
    case 'reset':
      return (await import('./commands/reset.ts')).reset(settings);
    case 'seed':
      return (await import('./commands/seed.ts')).seed(settings);
  }
}

async function startCommand(settings: Settings, detached: boolean): Promise<number> {
  if (detached) return (await import('./commands/start-detached.ts')).startDetached(settings);
  return (await import('./commands/start.ts')).start(settings);
}

try {
  process.exit(await run(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`);
  process.exit(error instanceof UsageError ? 2 : 1);
}
