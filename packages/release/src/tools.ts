import type { Git } from './doing/git.ts';
import type { Run } from './doing/program.ts';
import { openSlack } from './doing/slack.ts';
import { buildLink, commitLink } from './domain/links.ts';
import { type Links, slackText } from './domain/messages.ts';
import { oneLine } from './refusal.ts';
import type { Environment, Settings } from './settings.ts';

/** What every command works with. */
export interface Tools {
  run: Run;
  git: Git;
  settings: Settings;
  /** A line of progress. */
  say: (line: string) => void;
  /** A line another program said. */
  quote: (line: string) => void;
  /** The result: what was asked for. */
  print: (text: string) => void;
  redact: (text: string) => string;
}

export interface Report {
  started: (words: string) => Promise<void>;
  succeeded: (words: string, commit: string) => Promise<void>;
  failed: (error: unknown) => Promise<void>;
}

/** Tells Slack about one command, with links to the build and the commit. Failing to tell changes nothing. */
export async function openReport(tools: Tools, environment: Environment, source: string): Promise<Report> {
  const { settings, git, say, redact } = tools;
  const tell = openSlack({ url: settings.slack[environment], say });
  const remote = await git.remoteUrl().catch(() => '');
  const build = buildLink(settings);
  const links = (commit: string): Links => ({ build, commit: commitLink(remote, commit) });
  let told = false;
  return {
    async started(words) {
      told = true;
      await tell(slackText(':rocket:', words, links(source)));
    },
    succeeded: (words, commit) => tell(slackText(':white_check_mark:', words, links(commit))),
    /** A person who mistyped knows; a pipeline that stops before it began is news. */
    async failed(error) {
      if (!told && settings.buildId === undefined) return;
      const words = `${environment}: ${redact(oneLine(error))}`;
      await tell(slackText(':x:', words, links(source)));
    },
  };
}

/** Runs `work`; when it fails, the report says so first. */
export async function reported<T>(report: Report, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await report.failed(error);
    throw error;
  }
}
