import { join, relative } from 'node:path';
import type { ScenarioName, Task } from '../arguments.ts';
import { keepLogs } from '../campaign/logs.ts';
import { showProgress } from '../campaign/progress.ts';
import { openHistory } from '../history.ts';
import { hotStock } from '../scenarios/hot-stock.ts';
import { rollingRestart } from '../scenarios/rolling-restart.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { CommandSurroundings } from './surroundings.ts';

const scenarios: Readonly<Record<ScenarioName, Scenario>> = {
  'rolling-restart': rollingRestart,
  'hot-stock': hotStock,
};

/** Runs one scenario on a shop of its own; true when it went as it must. */
export async function scenarioCommand(
  { name }: Extract<Task, { kind: 'scenario' }>,
  { output, folder, signal }: CommandSurroundings,
): Promise<boolean> {
  const at = folder(name);
  const history = openHistory(join(at, 'history.jsonl'));
  const progress = showProgress(output, () => '');
  progress.doing('starting the shop');
  const arena = await scenarios[name].open(history, signal).catch((error: unknown) => {
    progress.end();
    throw error;
  });
  try {
    const { good, lines } = await scenarios[name].run(arena, { history, say: progress.doing });
    for (const line of lines) progress.say(line);
    progress.say(`${good ? '✓' : '✗'} ${name}`);
    if (!good) progress.say(`Logs of the parts: ${relative(process.cwd(), keepLogs(arena, at))}`);
    return good;
  } finally {
    progress.doing('stopping the shop');
    await arena.close();
    arena.forget();
    await history.close();
    progress.end();
  }
}
