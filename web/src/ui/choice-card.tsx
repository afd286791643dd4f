import type { InputHTMLAttributes, ReactNode } from 'react';

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, 'title'> {
  title: ReactNode;
  detail?: ReactNode;
  aside?: ReactNode;
}

/** One of several: a radio button that looks like a card. */
export function ChoiceCard({ title, detail, aside, ...input }: Props) {
  return (
    <label className="flex min-h-14 items-center gap-4 rounded-2xl border border-line bg-surface px-4 py-3 transition-colors has-checked:border-brand has-checked:bg-brand-soft has-checked:ring-1 has-checked:ring-brand has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-brand">
      <input type="radio" {...input} className="size-5 shrink-0 accent-brand outline-none" />
      <span className="min-w-0 grow">
        <span className="block font-semibold">{title}</span>
        {detail && <span className="block text-sm text-muted">{detail}</span>}
      </span>
      {aside && <span className="shrink-0 font-semibold tabular-nums">{aside}</span>}
    </label>
  );
}
