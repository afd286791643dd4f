import { type ReactNode, useId } from 'react';

interface Props {
  number: number;
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}

export function Section({ number, title, aside, children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="card p-5 md:p-7">
      <div className="mb-5 flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h2 id={id} className="flex items-center gap-3 text-2xl font-semibold">
          <span
            aria-hidden="true"
            className="grid size-8 place-items-center rounded-full bg-brand font-sans text-base text-on-brand"
          >
            {number}
          </span>
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
