import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CampaignResult } from '../campaign/campaign.ts';
import { figuresOf } from './figures.ts';
import { htmlReport } from './html.ts';
import { markdownReport } from './markdown.ts';

/** Writes report.md and report.html beside the history; answers where they are. */
export function writeReports({
  result,
  replay,
  folder,
}: {
  result: CampaignResult;
  replay: string;
  folder: string;
}): { markdown: string; html: string } {
  const figures = figuresOf(result);
  const files = { markdown: join(folder, 'report.md'), html: join(folder, 'report.html') };
  mkdirSync(folder, { recursive: true });
  writeFileSync(files.markdown, markdownReport(figures, replay));
  writeFileSync(files.html, htmlReport(figures, { timeline: result.timeline, replay }));
  return files;
}
