import { createLayout } from '../layout.ts';
import type { PartStatus } from '../part.ts';
import { accepts, answersOk } from '../probes.ts';
import { memoryOf, ownMemory, readParents } from '../process-memory.ts';
import { findRunningShop, type RunningShop } from '../running-shop.ts';
import { serviceNames } from '../services.ts';
import type { Settings } from '../settings.ts';
import { type StatusRow, statusTable } from '../terminal/status-table.ts';
import { paintFor } from '../terminal/style.ts';

/** Shows every part of the running shop, asking each how it is. 1 when it does not run or a part is not well. */
export async function status(settings: Settings): Promise<number> {
  const running = findRunningShop(createLayout(settings.dataDir).stateFile);
  if (!running) {
    process.stdout.write('The shop does not run. npm start starts it.\n');
    return 1;
  }
  const rows = await statusRows(running);
  const table = statusTable(rows, Date.now(), paintFor(process.stdout, process.env));
  process.stdout.write(`${running.url}  (launcher: process ${running.pid})\n\n${table.join('\n')}\n`);
  return rows.every(({ healthy }) => healthy) ? 0 : 1;
}

async function statusRows(running: RunningShop): Promise<StatusRow[]> {
  const parents = readParents();
  const rows = await Promise.all(
    running.parts.map(async (part) => ({
      ...part,
      healthy: await isWell(part),
      memoryBytes: part.pid === undefined ? 0 : memoryOf(part.pid, parents),
    })),
  );
  return [
    ...rows,
    {
      name: 'launcher',
      state: 'ready',
      pid: running.pid,
      restarts: 0,
      healthy: true,
      memoryBytes: ownMemory(running.pid),
    },
  ];
}

const httpParts: readonly string[] = [...serviceNames, 'simulators'];

async function isWell(part: PartStatus): Promise<boolean> {
  if (part.state !== 'ready') return false;
  if (part.port === undefined) return true;
  return httpParts.includes(part.name) ? answersOk(part.port, '/health/ready') : accepts(part.port);
}
