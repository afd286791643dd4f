import type { ButtonHTMLAttributes } from 'react';
import { Link, type LinkProps } from 'react-router';
import { Spinner } from './spinner.tsx';

export type Look = 'primary' | 'quiet' | 'danger' | 'plain';

const base =
  'inline-flex min-h-12 items-center justify-center gap-2.5 rounded-full px-6 py-2 text-center font-semibold transition-[background-color,transform,color] duration-150 active:scale-[0.985] disabled:cursor-not-allowed disabled:opacity-60 aria-disabled:cursor-progress';
const looks: Readonly<Record<Look, string>> = {
  primary: 'bg-brand text-on-brand enabled:hover:bg-brand-strong',
  quiet: 'border border-edge bg-surface text-ink hover:bg-sunken',
  danger: 'border border-bad bg-surface text-bad hover:bg-bad-soft',
  plain: 'px-3 text-brand underline-offset-4 hover:underline',
};

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: Look;
  /** Work is under way: the button stays focusable and ignores presses. */
  busy?: boolean;
}

export function Button({ look = 'primary', busy = false, className = '', children, ...rest }: ButtonProps) {
  const { onClick, type = 'button', ...others } = rest;
  return (
    <button
      {...others}
      type={busy ? 'button' : type}
      aria-disabled={busy || undefined}
      onClick={busy ? undefined : onClick}
      className={`${base} ${looks[look]} ${className}`}
    >
      {busy && <Spinner />}
      {children}
    </button>
  );
}

export function ButtonLink({ look = 'primary', className = '', ...rest }: LinkProps & { look?: Look }) {
  const hover = look === 'primary' ? 'hover:bg-brand-strong' : '';
  return <Link {...rest} className={`${base} ${looks[look]} ${hover} ${className}`} />;
}
