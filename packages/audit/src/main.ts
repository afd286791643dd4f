import { describeFailure } from '@shopstack/stack/failure-text';
import { settingsFrom, UsageError } from '@shopstack/stack/settings';
import { paintFor } from '@shopstack/stack/terminal/style';
import { accessFrom } from './access.ts';
import { readArguments } from './arguments.ts';
import { runAudit } from './audit.ts';
import { handIn } from './handing-in.ts';
import { reportTable } from './report-table.ts';
import { accessOfRunningShop } from './running-shop.ts';
import { Unreadable } from './stores/unreadable.ts';

process.stdout.on('error', () => undefined);

async function run(words: readonly string[]): Promise<number> {
  const { options, json, report: address } = readArguments(words);
  const access = accessFrom(process.env) ?? accessOfRunningShop(settingsFrom(process.env));
  if (!access)
    throw new UsageError(
      'The shop does not run. Start it with npm start, or set AUDIT_MYSQL_URL and the others.',
    );
  const report = await runAudit(access, options);
  const paint = paintFor(process.stdout, process.env);
  const shown = json ? JSON.stringify(report, null, 2) : reportTable(report, paint).join('\n');
  process.stdout.write(`${shown}\n`);
  if (address !== undefined) await handIn(report, address);
  return report.violations === 0 ? 0 : 1;
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Unreadable ? error.message : describeFailure(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
