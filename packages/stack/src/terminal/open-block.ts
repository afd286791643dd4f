import type { SampleAccount } from '../accounts.ts';
import type { PartStatus } from '../part.ts';
import type { Paint } from './style.ts';

export interface OpenShop {
  url: string;
  accounts: readonly SampleAccount[];
  parts: readonly PartStatus[];
  /** As a person would type it. */
  dataDir: string;
  howToStop: string;
  tookMs: number;
  paint: Paint;
}

/** What to know once the shop is open: where, as whom, and what to try next. */
export function openBlock(shop: OpenShop): string {
  const { paint } = shop;
  const absent = shop.parts.filter(({ state }) => state === 'absent');
  const embedded = shop.parts.some(({ name, note }) => name === 'mongo' && note?.startsWith('embedded'));
  const width = Math.max(...shop.accounts.map(({ email }) => email.length));
  const accounts = shop.accounts.map(({ email, password }) => `${email.padEnd(width)}  ${password}`);
  const lines = [
    '',
    `  ${paint('bold', 'The shop is open:')} ${paint('cyan', shop.url)}   (${(shop.tookMs / 1000).toFixed(1)} s)`,
    '',
    ...labelled('Sign in as', accounts),
    '',
    ...labelled('Try next', [
      'npm run status              every part: port, health, memory',
      'npm run logs cart -- -f     what a service says',
      `ls ${shop.dataDir}/mail`.padEnd(28).concat('the mail that the shop has sent'),
    ]),
    ...lookInside(shop),
    '',
  ];
  if (embedded) lines.push('  MongoDB is the embedded server here: for development, not for production.');
  if (absent.length > 0) {
    lines.push(`  ${paint('yellow', 'Not there:')} ${absent.map(({ name }) => name).join(', ')}.`);
  }
  return [...lines, `  ${shop.howToStop} The data stays in ${shop.dataDir}.`, ''].join('\n');
}

const observers: Readonly<Record<string, { path: string; shows: string }>> = {
  traces: { path: '/', shows: 'every request and order, as it went through the services' },
  prometheus: { path: '/', shows: 'metrics; what fires is under Alerts' },
  alertmanager: { path: '/api/v2/alerts', shows: "who was told; Debian's package has no page, see amtool" },
};

function lookInside({ parts }: OpenShop): string[] {
  const open = parts.flatMap(({ name, state, note = '' }) => {
    const observer = observers[name];
    return state === 'ready' && observer ? [`${`${note}${observer.path}`.padEnd(37)} ${observer.shows}`] : [];
  });
  return open.length === 0 ? [] : ['', ...labelled('Look inside', open.toReversed())];
}

function labelled(label: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => `  ${(index === 0 ? label : '').padEnd(12)} ${line}`);
}
