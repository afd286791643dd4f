import { setTimeout as pause } from 'node:timers/promises';
import { type Finding, findingText, judgeScan, type ScanAnswer, scanAnswer } from '../domain/findings.ts';
import { Refusal } from '../refusal.ts';
import type { Aws } from './aws.ts';
import { ecrFault, platformDigests } from './ecr.ts';

export interface ScanOptions {
  repository: string;
  digest: string;
  allowed: ReadonlySet<string>;
  timeoutMs: number;
  say: (line: string) => void;
  pauseMs?: number;
}

const shown = 5;

/** Waits for ECR's scan of every platform. @throws Refusal for a high finding with a fix, or a scan that does not end. */
export async function passScan(aws: Aws, options: ScanOptions): Promise<void> {
  const { repository, allowed, say } = options;
  const found = new Map<string, { finding: Finding; blocks: boolean }>();
  for (const digest of await platformDigests(aws, repository, options.digest)) {
    const { blocking, tolerated } = judgeScan(await waitForScan(aws, digest, options), allowed);
    for (const finding of tolerated) found.set(findingText(finding), { finding, blocks: false });
    for (const finding of blocking) found.set(findingText(finding), { finding, blocks: true });
  }
  const texts = (blocks: boolean) =>
    [...found].filter(([, it]) => it.blocks === blocks).map(([text]) => text);
  for (const text of texts(false)) say(`tolerated: ${text}`);
  const blocking = texts(true);
  if (blocking.length === 0) return;
  const more = blocking.length > shown ? ` and ${blocking.length - shown} more` : '';
  throw new Refusal(
    `the image of ${repository} has ${blocking.slice(0, shown).join('; ')}${more}: update the package or base image, or list what is acceptable in SCAN_ALLOW`,
  );
}

async function waitForScan(aws: Aws, digest: string, options: ScanOptions): Promise<ScanAnswer> {
  const { repository, timeoutMs, pauseMs = 5000 } = options;
  const image = ['--repository-name', repository, '--image-id', `imageDigest=${digest}`];
  const until = Date.now() + timeoutMs;
  for (let asked = false; ; ) {
    const answer = await aws('ecr', 'describe-image-scan-findings', ...image);
    if (answer.kind === 'answer') {
      const scan = scanAnswer.parse(JSON.parse(answer.text));
      if (isDone(scan, repository)) return scan;
    } else if (answer.code !== 'ScanNotFoundException') {
      throw ecrFault(repository, answer);
    } else if (!asked) {
      asked = true;
      // Scan on push or Inspector may be about to start by itself and refuse this: then the wait goes on.
      await aws('ecr', 'start-image-scan', ...image);
    }
    if (Date.now() >= until)
      throw new Refusal(
        `ECR did not scan ${repository} in ${timeoutMs / 1000} s: turn scan on push on, or raise SCAN_TIMEOUT_SECONDS`,
      );
    await pause(pauseMs);
  }
}

function isDone({ imageScanStatus: { status, description } }: ScanAnswer, repository: string): boolean {
  if (status === 'COMPLETE' || status === 'ACTIVE') return true;
  if (status === 'IN_PROGRESS' || status === 'PENDING') return false;
  throw new Refusal(`ECR could not scan ${repository} (${status}${description ? `: ${description}` : ''})`);
}
