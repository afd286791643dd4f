import { relative } from 'node:path';
import type { Task } from '../arguments.ts';
import { type CampaignResult, runCampaign } from '../campaign/campaign.ts';
import { percentile } from '../campaign/count.ts';
import { writeReports } from '../report/report.ts';
import type { CommandSurroundings } from './surroundings.ts';

type CampaignTask = Extract<Task, { kind: 'campaign' }>;

/** Runs a campaign and writes its report; true when no promise was broken. */
export async function campaignCommand(
  task: CampaignTask,
  { output, folder, signal }: CommandSurroundings,
): Promise<boolean> {
  const { orders, faults, seed } = task;
  const only = task.only ? ` --only ${task.only.join(',')}` : '';
  const replay = `npm run chaos -- --orders ${orders} --faults ${faults} --seed ${seed}${only}`;
  output.write(`Seed ${seed}. The same again: ${replay}\n`);
  const at = folder(String(seed));
  const result = await runCampaign({ ...task, folder: at, output, signal });
  const report = writeReports({ result, replay, folder: at });
  output.write(`${closingLines(result, replay).join('\n')}\n`);
  output.write(
    `Report: ${[report.html, report.markdown].map((it) => relative(process.cwd(), it)).join(', ')}\n`,
  );
  if (result.logs) output.write(`Logs of the parts: ${relative(process.cwd(), result.logs)}\n`);
  return result.violations === 0;
}

const EXAMPLES = 5;

function closingLines({ findings, violations, count, plan }: CampaignResult, replay: string): string[] {
  const broken = findings.filter((it) => it.violations.length > 0);
  const { placed, settled } = count.now();
  const settle = count.settleMs();
  const seconds = (ms: number | undefined) => (ms === undefined ? '–' : `${(ms / 1000).toFixed(1)} s`);
  const settleText = `settled after the last fault: p50 ${seconds(percentile(settle, 0.5))}, p99 ${seconds(percentile(settle, 0.99))}`;
  return [
    ...broken.flatMap(({ promise, title, violations: its }) => [
      `✗ ${promise} ${title}: ${its.length}`,
      ...its.slice(0, EXAMPLES).map(({ id, detail }) => `    ${id}  ${detail}`),
    ]),
    `${violations === 0 ? '✓' : '✗'} ${placed} orders placed, ${settled} settled, ${plan.faults.length} faults, ${violations} violations; ${settleText}.`,
    ...(violations === 0 ? [] : [`The same faults again: ${replay}`]),
  ];
}
