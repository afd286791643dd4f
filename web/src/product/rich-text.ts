export interface Span {
  text: string;
  strong: boolean;
  emphasis: boolean;
}
export type Block = { kind: 'paragraph' | 'heading'; spans: Span[] } | { kind: 'list'; items: Span[][] };

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};
const decode = (text: string): string =>
  text.replace(/&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (decimal) return String.fromCodePoint(Math.min(Number(decimal), 0x10_ffff));
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    return entities[String(name).toLowerCase()] ?? whole;
  });

const unread = /<(script|style|template)\b[\s\S]*?(?:<\/\1\s*>|$)|<!--[\s\S]*?(?:-->|$)/gi;
const tokens = /<(\/?)([a-z][a-z0-9]*)\b[^>]*>|[^<]+|</gi;
const isBlock = (tag: string) => /^(p|div|ul|ol|li|h[1-6]|br|table|tr|blockquote)$/.test(tag);

const styles = new Map<string, 'strong' | 'emphasis'>([
  ['b', 'strong'],
  ['strong', 'strong'],
  ['i', 'emphasis'],
  ['em', 'emphasis'],
]);
type Kind = 'paragraph' | 'heading' | 'item';
const kindOf = (tag: string): Kind => {
  if (tag === 'li') return 'item';
  return /^h[1-6]$/.test(tag) ? 'heading' : 'paragraph';
};

/**
 * Product texts are HTML from a CSV that anybody may have written. They are read as data, never given to the browser
 * as markup: what is not a paragraph, list, heading or emphasis is plain text.
 */
export function readRichText(html: string): Block[] {
  const blocks: Block[] = [];
  let kind: Kind = 'paragraph';
  let spans: Span[] = [];
  const open = { strong: 0, emphasis: 0 };

  const finish = () => {
    const filled = trimmed(spans);
    spans = [];
    if (filled.length === 0) return;
    const last = blocks.at(-1);
    if (kind !== 'item') blocks.push({ kind, spans: filled });
    else if (last?.kind === 'list') last.items.push(filled);
    else blocks.push({ kind: 'list', items: [filled] });
  };
  const tag = (name: string, closing: boolean) => {
    const style = styles.get(name);
    if (style) open[style] += closing ? -1 : 1;
    if (!isBlock(name)) return;
    finish();
    kind = closing ? 'paragraph' : kindOf(name);
  };

  for (const [text, slash, name] of html.replace(unread, '').matchAll(tokens)) {
    if (name) tag(name.toLowerCase(), slash === '/');
    else spans.push({ text: decode(text), strong: open.strong > 0, emphasis: open.emphasis > 0 });
  }
  finish();
  return blocks;
}

function trimmed(spans: readonly Span[]): Span[] {
  const joined = spans.map((span) => ({ ...span, text: span.text.replace(/\s+/g, ' ') }));
  const first = joined[0];
  const last = joined.at(-1);
  if (first) first.text = first.text.trimStart();
  if (last) last.text = last.text.trimEnd();
  return joined.filter(({ text }) => text !== '');
}

/** The beginning as plain text, for link previews. */
export function summaryOf(html: string, longest = 180): string {
  const spans = readRichText(html).flatMap((block) => (block.kind === 'list' ? block.items : [block.spans]));
  const text = spans.map((line) => line.map((span) => span.text).join('')).join(' ');
  return text.length <= longest ? text : `${text.slice(0, longest).replace(/\s+\S*$/, '')}…`;
}
