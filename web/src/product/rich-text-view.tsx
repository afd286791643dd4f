import { type Block, readRichText, type Span } from './rich-text.ts';

/* Blocks and spans are read from one text and never reorder, so their place is their identity. */
export function RichText({ html }: { html: string }) {
  return (
    <div className="grid max-w-prose gap-4 text-[1.05rem] leading-relaxed">
      {readRichText(html).map((block, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <BlockView key={place} block={block} />
      ))}
    </div>
  );
}

function BlockView({ block }: { block: Block }) {
  if (block.kind === 'list') {
    return (
      <ul className="grid list-disc gap-1.5 ps-5 marker:text-brand">
        {block.items.map((item, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={place}>
            <Spans spans={item} />
          </li>
        ))}
      </ul>
    );
  }
  if (block.kind === 'heading') {
    return (
      <h3 className="text-xl font-semibold">
        <Spans spans={block.spans} />
      </h3>
    );
  }
  return (
    <p>
      <Spans spans={block.spans} />
    </p>
  );
}

function Spans({ spans }: { spans: readonly Span[] }) {
  return spans.map((span, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <SpanView key={place} {...span} />
  ));
}

function SpanView({ text, strong, emphasis }: Span) {
  const inner = emphasis ? <em>{text}</em> : text;
  return strong ? <strong>{inner}</strong> : inner;
}
