export interface IconProps {
  className?: string;
}

/** A line drawing of one path; whoever uses it says in words what it means. */
export function Icon({ className, d }: { className: string; d: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      className={className}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={d} />
    </svg>
  );
}
