export interface Released {
  service: string;
  version: string;
  before: string;
  image?: string;
}

/** CodeBuild's webhook leaves out commits that begin so: a release must not start the next one. */
const prefix = 'chore(release):';

export function releaseMessage(released: readonly Released[], environment: string, source: string): string {
  return commitText(`${listed(released)} on ${environment}`, [
    ...released.map(changeLine),
    '',
    `Built-from: ${source}`,
  ]);
}

export function rollbackMessage(it: Released, environment: string): string {
  return commitText(`roll ${it.service} back to ${it.version} on ${environment}`, [changeLine(it)]);
}

export function promotionMessage(
  change: { from: string; to: string; approvedBy: string },
  moved: readonly Released[],
): string {
  return commitText(`promote ${change.from} to ${change.to}`, [
    ...(moved.length === 0 ? ['No image changes.'] : moved.map(changeLine)),
    '',
    `Approved-by: ${change.approvedBy}`,
  ]);
}

export function tagMessage({ service, version, image }: Released, environment: string): string {
  return `${service} ${version}\n\nImage: ${image ?? 'unknown'}\nReleased-to: ${environment}\n`;
}

/** `cart 1.0.5 and user 2.0.1` */
export function listed(released: readonly Pick<Released, 'service' | 'version'>[]): string {
  const words = released.map(({ service, version }) => `${service} ${version}`);
  return new Intl.ListFormat('en-GB').format(words);
}

function changeLine({ service, before, version }: Released): string {
  return `${service} ${before} → ${version}`;
}

export interface Links {
  build?: string | undefined;
  commit?: string | undefined;
}

/** Slack's own markup; names cannot break out of it. */
export function slackText(symbol: string, words: string, links: Links): string {
  const link = (label: string, url: string | undefined) => (url === undefined ? [] : [`<${url}|${label}>`]);
  return [`${symbol} ${escaped(words)}`, ...link('build', links.build), ...link('commit', links.commit)].join(
    ' · ',
  );
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function commitText(title: string, lines: readonly string[]): string {
  return `${prefix} ${title}\n\n${lines.join('\n')}\n`;
}
