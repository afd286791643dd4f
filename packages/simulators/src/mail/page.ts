import type { Mail } from './mailbox.ts';

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const safe = (text: string) => text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? '');
const withLinks = (text: string) =>
  safe(text).replaceAll(
    /https?:\/\/[^\s<>&]+(?:&amp;[^\s<>&]+)*/g,
    (address) => `<a href="${address}">${address}</a>`,
  );

/** The caught mails for people, newest first, without scripts. */
export const mailPage = (mails: readonly Mail[]) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Mail of the shop (${mails.length})</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{font:16px/1.5 system-ui;max-width:50rem;margin:2rem auto;padding:0 1rem}pre{white-space:pre-wrap}
summary{cursor:pointer;padding:.4rem 0}time,span{color:#666}</style></head>
<body><h1>Mail of the shop</h1>
${mails.length === 0 ? '<p>Nothing yet. Order something.</p>' : ''}${mails.map(entry).join('\n')}
</body></html>
`;

const entry = ({ subject, to, at, text }: Mail) =>
  `<details><summary><b>${safe(subject)}</b> <span>to ${safe(to.join(', '))}</span> <time>${safe(at)}</time></summary>
<pre>${withLinks(text)}</pre></details>`;
