import type { ReactNode } from 'react';

interface Props {
  className?: string;
}

const icon = (drawing: ReactNode) =>
  function Icon({ className = 'size-5' }: Props) {
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
        {drawing}
      </svg>
    );
  };

export const CheckIcon = icon(<path d="m5 12.5 4.5 4.5L19 7.5" />);
export const ChevronIcon = icon(<path d="m9 5 7 7-7 7" />);
export const FilterIcon = icon(
  <path d="M4 7h9M19 7h1M4 17h1M11 17h9M16 4.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5ZM8 14.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z" />,
);
export const PlusIcon = icon(<path d="M12 5v14M5 12h14" />);
export const MinusIcon = icon(<path d="M5 12h14" />);
export const BinIcon = icon(<path d="M4.5 7h15M10 4h4M6.5 7l1 13h9l1-13M10 11v5.5M14 11v5.5" />);
export const TruckIcon = icon(
  <path d="M3 6h11v10H3ZM14 9.5h4l3 3.5v3h-7M7 15.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4ZM17.5 15.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4Z" />,
);
export const WarningIcon = icon(<path d="M12 4 2.5 20h19L12 4ZM12 10v4.5M12 17.2v.1" />);
export const InfoIcon = icon(<path d="M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 11v5M12 7.9v.1" />);
export const TagIcon = icon(<path d="M4 4h8l8.5 8.5-8 8L4 12V4ZM8.2 8.2v.1" />);
export const ShelfIcon = icon(
  <path d="M4 4v17M20 4v17M4 11h16M4 19h16M7 11V6.5h4V11M14 11V8h3v3M8 19v-4.5h8V19" />,
);
export const SpeechIcon = icon(<path d="M4 5h16v11h-8l-4.5 4v-4H4ZM8 9h8M8 12.2h5" />);
export const PulseIcon = icon(<path d="M3 12.5h4L9.5 6l4.5 12 2.5-5.5H21" />);
export const ThumbIcon = icon(
  <path d="M7.5 11v9H4v-9h3.5Zm0 0L11 4c1.8 0 2.7 1.2 2.3 3l-.6 3H19a1.6 1.6 0 0 1 1.5 2l-1.6 6.5A2 2 0 0 1 17 20H7.5" />,
);
export const CardIcon = icon(<path d="M3 6h18v12H3ZM3 10h18M6.5 14.5h4" />);
