import type { ReactNode } from 'react';
import { CheckIcon, InfoIcon, WarningIcon } from './more-icons.tsx';

export type Tone = 'info' | 'good' | 'warn' | 'bad';
const tones: Readonly<Record<Tone, string>> = {
  info: 'bg-sunken text-ink',
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
};

interface Props {
  tone?: Tone;
  /** Read out at once: for answers to something a person just did. */
  urgent?: boolean;
  children: ReactNode;
}

export function Notice({ tone = 'info', urgent = false, children }: Props) {
  const Icon = tone === 'good' ? CheckIcon : tone === 'info' ? InfoIcon : WarningIcon;
  return (
    <div
      {...(urgent ? { role: 'alert' } : {})}
      className={`flex items-start gap-3 rounded-2xl px-4 py-3 text-[0.95rem] ${tones[tone]}`}
    >
      <Icon className="mt-0.5 size-5 shrink-0" />
      <div className="min-w-0 grow">{children}</div>
    </div>
  );
}
