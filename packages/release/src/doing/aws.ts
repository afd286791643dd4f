import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import type { Registry } from '../settings.ts';
import { lastLine, type Run } from './program.ts';

export interface AwsFault {
  kind: 'fault';
  /** AWS's own code, such as ImageNotFoundException; empty when it said none. */
  code: string;
  why: string;
}
export type AwsAnswer = { kind: 'answer'; text: string } | AwsFault;
export type Aws = (...words: readonly string[]) => Promise<AwsAnswer>;

/** The AWS CLI in the registry's region. */
export function openAws(run: Run, { region }: Registry): Aws {
  return async (...words) => {
    const outcome = await run('aws', [...words, '--region', region, '--output', 'json'], {
      environment: { AWS_PAGER: '' },
    });
    if (outcome.code === 0) return { kind: 'answer', text: outcome.stdout };
    const code = /An error occurred \((\w+)\)/.exec(outcome.stderr)?.[1] ?? '';
    return { kind: 'fault', code, why: lastLine({ ...outcome, stdout: '' }) };
  };
}

const identity = z.object({ Account: z.string() });

/** @throws Refusal when nobody is signed in, or for another account. */
export async function assertSignedIn(aws: Aws, { accountId }: Registry): Promise<void> {
  const answer = await aws('sts', 'get-caller-identity');
  if (answer.kind === 'fault')
    throw new Refusal(
      `AWS gives no access (${answer.why}): run aws sso login, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY`,
    );
  const { Account: account } = identity.parse(JSON.parse(answer.text));
  if (account !== accountId)
    throw new Refusal(
      `signed in to AWS account ${account}, but AWS_ACCOUNT_ID is ${accountId}: change one of them`,
    );
}
