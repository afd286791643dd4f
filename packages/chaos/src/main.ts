import { join } from 'node:path';
import { describeFailure } from '@shopstack/stack/failure-text';
import { repository } from '@shopstack/stack/layout';
import { UsageError } from '@shopstack/stack/settings';
import { readTask, refuseForeign, type Task } from './arguments.ts';
import { campaignCommand } from './commands/campaign.ts';
import { sabotageCommand } from './commands/sabotage.ts';
import { scenarioCommand } from './commands/scenario.ts';

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
process.stdout.on('error', () => undefined);

const around = {
  output: process.stdout,
  folder: (...names: string[]) => join(repository, '.shopstack/chaos', ...names),
  signal: stopping.signal,
};

function run(task: Task): Promise<boolean> {
  switch (task.kind) {
    case 'campaign':
      return campaignCommand(task, around);
    case 'sabotage':
      return sabotageCommand(task, around);
    case 'scenario':
      return scenarioCommand(task, around);
  }
}

try {
  refuseForeign(process.env);
  const good = await run(readTask(process.argv.slice(2)));
  process.exit(good ? 0 : 1);
} catch (error) {
  process.stderr.write(`${stopping.signal.aborted ? 'Stopped.' : describeFailure(error)}\n`);
  process.exit(error instanceof UsageError ? 2 : 1);
}
