import type { ReactNode } from 'react';

interface Props {
  icon: ReactNode;
  badge: string;
  number: string;
  issuer: string;
}

/** What the simulator pays with: unmistakably not a real one. */
export function TestPicture({ icon, badge, number, issuer }: Props) {
  return (
    <div
      aria-hidden="true"
      className="grid aspect-[1.6] w-full max-w-60 content-between rounded-2xl bg-[linear-gradient(135deg,#1f5c4a,#123a2f)] p-4 text-[#e9f4ee] shadow-lift"
    >
      <div className="flex items-center justify-between">
        {icon}
        <span className="rounded-full border border-current px-2 py-0.5 text-xs font-bold tracking-wider uppercase">
          {badge}
        </span>
      </div>
      <span className="tracking-widest whitespace-nowrap tabular-nums">{number}</span>
      <span className="text-xs tracking-wide uppercase">{issuer}</span>
    </div>
  );
}
