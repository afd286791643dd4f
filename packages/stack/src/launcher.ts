import { runShop } from './commands/launch.ts';
import type { LauncherMessage } from './commands/launcher-message.ts';
import { describeFailure } from './failure-text.ts';
import { settingsFrom } from './settings.ts';

const tell = (message: LauncherMessage) => {
  if (process.connected) process.send?.(message, () => undefined);
};

try {
  await runShop(settingsFrom(process.env, process.argv.includes('--observe')), {
    onChange: (part) => {
      tell({ kind: 'part', part });
      console.log(JSON.stringify({ time: new Date().toISOString(), ...part }));
    },
    onOpen: () => tell({ kind: 'open' }),
  });
  process.exit(0);
} catch (error) {
  const message = describeFailure(error);
  console.error(message);
  process.send?.({ kind: 'failed', message } satisfies LauncherMessage, () => process.exit(1));
}
