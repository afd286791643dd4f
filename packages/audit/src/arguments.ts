import { parseArgs } from 'node:util';
import { UsageError } from '@shopstack/stack/settings';
import type { AuditOptions } from './undertaking.ts';

export interface AuditArguments {
  options: AuditOptions;
  json: boolean;
  /** Where the report is handed in. */
  report: string | undefined;
}
const usage =
  'Usage: npm run audit [-- --json --at-rest --grace <seconds> --budget <seconds> --report <url>]';

/** What was typed. @throws UsageError with one line. */
export function readArguments(words: readonly string[]): AuditArguments {
  const { json, report, grace, budget, ...flags } = parsed(words);
  if (report !== undefined && !/^https?:$/.test(URL.canParse(report) ? new URL(report).protocol : ''))
    throw new UsageError(`${report} is not an address. ${usage}`);
  return {
    json: json ?? false,
    report,
    options: {
      ...(flags['at-rest'] ? { atRest: true } : {}),
      ...(grace === undefined ? {} : { graceSeconds: secondsOf('--grace', grace) }),
      ...(budget === undefined ? {} : { budgetSeconds: secondsOf('--budget', budget) }),
    },
  };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        json: { type: 'boolean' },
        'at-rest': { type: 'boolean' },
        grace: { type: 'string' },
        budget: { type: 'string' },
        report: { type: 'string' },
      },
    }).values;
  } catch {
    throw new UsageError(`${words.join(' ')} is not understood. ${usage}`);
  }
}

function secondsOf(flag: string, text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new UsageError(`${flag} ${text} is not a number of seconds. ${usage}`);
}
