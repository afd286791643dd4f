import type { ReactNode } from 'react';

interface Props {
  title: string;
  text?: string;
  heading?: 'h1' | 'h2';
  children?: ReactNode;
}

/** Nothing to show: says why, and what to do next. */
export function EmptyState({ title, text, heading: Heading = 'h2', children }: Props) {
  return (
    <div className="mx-auto grid max-w-lg animate-rise content-start justify-items-center gap-4 px-4 py-12 text-center">
      <svg viewBox="0 0 120 80" className="w-32 text-brand" fill="none" aria-hidden="true">
        <ellipse cx="60" cy="70" rx="46" ry="6" fill="var(--sunken)" />
        <path d="M60 14 26 30l34 16 34-16Z" fill="var(--brand-soft)" stroke="currentColor" strokeWidth="2" />
        <path d="M26 30v24l34 16V46Z" fill="var(--surface)" stroke="currentColor" strokeWidth="2" />
        <path d="M94 30v24L60 70V46Z" fill="var(--accent-soft)" stroke="currentColor" strokeWidth="2" />
      </svg>
      <Heading className="text-2xl font-semibold md:text-3xl">{title}</Heading>
      {text && <p className="text-muted">{text}</p>}
      {children && <div className="mt-2 flex flex-wrap justify-center gap-3">{children}</div>}
    </div>
  );
}
