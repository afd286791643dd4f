import { valuesPath } from '../domain/place.ts';
import type { Verdict } from '../domain/plan.ts';
import { tagOf } from '../domain/version.ts';
import { branchOf, type Environment, repositoryName, type Settings } from '../settings.ts';
import { table } from '../table.ts';

/** One row per service: what runs, what is next, and why. */
export function planTable(
  verdicts: readonly Verdict[],
  { environment, deployed }: { environment: Environment; deployed: ReadonlyMap<string, string> },
): string {
  const rows = verdicts.map((verdict) => {
    const { name } = verdict.service;
    return [name, deployed.get(name) ?? '–', ...nextAndWhy(verdict)];
  });
  return table(['service', `on ${environment}`, 'last release', 'next', 'because of'], rows);
}

function nextAndWhy(verdict: Verdict): [last: string, next: string, why: string] {
  switch (verdict.kind) {
    case 'release':
      return [verdict.last ?? '–', verdict.version, verdict.because.join(', ')];
    case 'unchanged':
      return [verdict.last, '–', 'unchanged'];
    case 'superseded':
      return [verdict.by, '–', 'newer sources are released already'];
    case 'never released':
      return ['–', '–', 'never released'];
  }
}

/** What a run would do, in its order. */
export function stepTable(
  wanted: readonly Extract<Verdict, { kind: 'release' }>[],
  { environment }: { environment: Environment },
  settings: Settings,
): string {
  const host = `${settings.accountId ?? '<AWS_ACCOUNT_ID>'}.dkr.ecr.${settings.region ?? '<AWS_REGION>'}.amazonaws.com`;
  const names = wanted.map(({ service }) => service.name).join(', ');
  const tags = wanted.map(({ service, version }) => tagOf(service.name, version));
  const rows = [
    ['check', settings.checkCommand.join(' ')],
    ['test', settings.testCommand.join(' ').replace('{folders}', `<folders of ${names}>`)],
    ['build', `for ${settings.platforms} with SBOM and provenance, to ${host}`],
    ...wanted.map(({ service, version }) => [
      'image',
      `${repositoryName(settings, service.name)}:${version}`,
    ]),
    ['scan', 'of every platform by ECR; high findings with a fix stop the release'],
    [
      'values',
      `the tag in ${[...new Set(wanted.map(({ service }) => valuesPath(service.name)))].join(', ')}`,
    ],
    ['push', [branchOf(environment), ...tags].join(', ')],
    [
      'Slack',
      settings.slack[environment] === undefined ? 'nobody: SLACK_WEBHOOK_URL is not set' : 'start and end',
    ],
  ];
  const numbered = rows.map((row, index) => [`${index + 1}`, ...row]);
  return `\n${table(['', 'step', 'what'], numbered)}\n\nDry run: nothing was changed.`;
}
