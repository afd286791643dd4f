import { parseArgs } from 'node:util';
import { isVersion } from './domain/version.ts';
import { UsageRefusal } from './refusal.ts';
import { type Environment, environments } from './settings.ts';

export const help = `npm run release -- [<command>] [options]

  release [<service>…]           build, scan and deploy the services that changed (all of them unless named);
                                 the command when none is given
  rollback <service> <version>   deploy a version that was released before
  promote --approved-by <name>   merge staging into preprod: preprod then runs what staging runs
  status                         what runs where, and what is not released yet
  login                          sign docker in to ECR

  --environment <staging|preprod>  instead of TARGET_BRANCH
  --dry-run                        print what would be done; change nothing, here or anywhere
  --help                           this text

Variables: AWS_ACCOUNT_ID, AWS_REGION, PROJECT, REPO, TAG, TARGET_BRANCH, SLACK_WEBHOOK_URL and more;
packages/release/README.md lists them.
`;

interface Common {
  environment: Environment | undefined;
  dryRun: boolean;
}
export type Command =
  | { kind: 'help' }
  | ({ kind: 'release'; services: string[] } & Common)
  | ({ kind: 'rollback'; service: string; version: string } & Common)
  | ({ kind: 'promote'; approvedBy: string | undefined } & Common)
  | ({ kind: 'status' } & Common)
  | ({ kind: 'login' } & Common);

const kinds = ['release', 'rollback', 'promote', 'status', 'login'] as const;

/** What was typed. @throws UsageRefusal with one line. */
export function readCommand(typed: readonly string[]): Command {
  const { values, positionals } = parsed(typed);
  if (values.help) return { kind: 'help' };
  const [first = 'release', ...rest] = positionals;
  const kind = kinds.find((it) => it === first);
  const names = kind === undefined ? positionals : rest;
  const common = { environment: environmentOf(values.environment), dryRun: values['dry-run'] ?? false };
  const approvedBy = values['approved-by']?.trim() || undefined;
  if (values['approved-by'] !== undefined && kind !== 'promote')
    throw new UsageRefusal(
      '--approved-by belongs to promote: npm run release -- promote --approved-by <name>',
    );
  switch (kind) {
    case 'release':
    case undefined:
      return { kind: 'release', services: [...new Set(names)], ...common };
    case 'rollback':
      return { kind, ...rollbackOf(names), ...common };
    case 'promote':
      takesNothing(kind, names);
      if (common.environment === 'staging')
        throw new UsageRefusal('promote goes from staging to preprod; leave out --environment staging');
      return { kind, approvedBy, ...common };
    case 'status':
    case 'login':
      takesNothing(kind, names);
      return { kind, ...common };
  }
}

function parsed(typed: readonly string[]) {
  try {
    return parseArgs({
      args: [...typed],
      allowPositionals: true,
      options: {
        environment: { type: 'string', short: 'e' },
        'dry-run': { type: 'boolean' },
        'approved-by': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const flag = typed.find((word) => error instanceof Error && error.message.includes(`'${word}`));
    throw new UsageRefusal(
      `${flag ?? typed.join(' ')} is not understood: npm run release -- --help lists the flags`,
    );
  }
}

function environmentOf(name: string | undefined): Environment | undefined {
  if (name === undefined) return undefined;
  const known = environments.find((it) => it === name || `k8s/${it}` === name);
  if (!known)
    throw new UsageRefusal(
      `there is no environment ${name}: --environment takes ${environments.join(' or ')}`,
    );
  return known;
}

function rollbackOf(names: readonly string[]): { service: string; version: string } {
  const [service, typed, ...more] = names;
  const version = typed?.replace(/^v/, '');
  if (!service || !version || more.length > 0)
    throw new UsageRefusal('rollback takes a service and a version: npm run release -- rollback cart 1.0.4');
  if (!isVersion(version)) throw new UsageRefusal(`${version} is not a version like 1.0.4`);
  return { service, version };
}

function takesNothing(kind: string, names: readonly string[]): void {
  if (names.length > 0)
    throw new UsageRefusal(`${kind} takes no ${names.join(' ')}: npm run release -- --help`);
}
