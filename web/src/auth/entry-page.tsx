import type { ReactNode } from 'react';

export function EntryPage({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  return (
    <div className="wrap grid max-w-lg! gap-8 py-12 md:py-16">
      <div className="grid gap-2">
        <h1 className="text-4xl font-semibold md:text-5xl">{title}</h1>
        <p className="text-lg text-muted">{lead}</p>
      </div>
      {children}
    </div>
  );
}
