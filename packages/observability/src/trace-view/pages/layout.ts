import { html, type Markup } from './markup.ts';

/** A whole page. It has no scripts: everything works without, and nothing that a span is called can run. */
export const page = (title: string, content: Markup, head?: Markup): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title} · Traces</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css">
${head}
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header><a class="home" href="/">ShopStack <b>Traces</b></a></header>
<main id="content">
${content}
</main>
</body>
</html>
`.text;

/** The shop's services always have the same colours; others take what is left. */
const ours = ['dispatch', 'payment', 'catalogue', 'cart', 'shipping', 'user', 'ratings'];
const COLOURS = 10;

/** The class of a service's colour. */
export function colourOf(service: string, all: readonly string[]): string {
  const known = ours.indexOf(service);
  if (known >= 0) return `c${known}`;
  const others = all.filter((it) => !ours.includes(it));
  return `c${ours.length + (Math.max(0, others.indexOf(service)) % (COLOURS - ours.length))}`;
}
