import { Icon, type IconProps } from './icon.tsx';

export const CheckIcon = ({ className = 'size-5' }: IconProps) => (
  <Icon className={className} d="m5 12.5 4.5 4.5L19 7.5" />
);
export const ChevronIcon = ({ className = 'size-5' }: IconProps) => (
  <Icon className={className} d="m9 5 7 7-7 7" />
);
export const FilterIcon = ({ className = 'size-5' }: IconProps) => (
  <Icon
    className={className}
    d="M4 7h9M19 7h1M4 17h1M11 17h9M16 4.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5ZM8 14.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z"
  />
);
export const PlusIcon = ({ className = 'size-5' }: IconProps) => (
  <Icon className={className} d="M12 5v14M5 12h14" />
);
export const MinusIcon = ({ className = 'size-5' }: IconProps) => <Icon className={className} d="M5 12h14" />;
export const BinIcon = ({ className = 'size-5' }: IconProps) => (
  <Icon className={className} d="M4.5 7h15M10 4h4M6.5 7l1 13h9l1-13M10 11v5.5M14 11v5.5" />
);
export const TruckIcon = ({ className = 'size-5' }: IconProps) => (
  <Icon
    className={className}
    d="M3 6h11v10H3ZM14 9.5h4l3 3.5v3h-7M7 15.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4ZM17.5 15.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4Z"
  />
);
export const WarningIcon = ({ className = 'size-5' }: IconProps) => (
  <Icon className={className} d="M12 4 2.5 20h19L12 4ZM12 10v4.5M12 17.2v.1" />
);
export const InfoIcon = ({ className = 'size-5' }: IconProps) => (
  <Icon className={className} d="M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 11v5M12 7.9v.1" />
);
export const TagIcon = ({ className = 'size-5' }: IconProps) => (
  <Icon className={className} d="M4 4h8l8.5 8.5-8 8L4 12V4ZM8.2 8.2v.1" />
);
export const ShelfIcon = ({ className = 'size-5' }: IconProps) => (
  <Icon className={className} d="M4 4v17M20 4v17M4 11h16M4 19h16M7 11V6.5h4V11M14 11V8h3v3M8 19v-4.5h8V19" />
);
export const SpeechIcon = ({ className = 'size-5' }: IconProps) => (
  <Icon className={className} d="M4 5h16v11h-8l-4.5 4v-4H4ZM8 9h8M8 12.2h5" />
);
export const PulseIcon = ({ className = 'size-5' }: IconProps) => (
  <Icon className={className} d="M3 12.5h4L9.5 6l4.5 12 2.5-5.5H21" />
);
export const ThumbIcon = ({ className = 'size-5' }: IconProps) => (
  <Icon
    className={className}
    d="M7.5 11v9H4v-9h3.5Zm0 0L11 4c1.8 0 2.7 1.2 2.3 3l-.6 3H19a1.6 1.6 0 0 1 1.5 2l-1.6 6.5A2 2 0 0 1 17 20H7.5"
  />
);
export const CardIcon = ({ className = 'size-5' }: IconProps) => (
  <Icon className={className} d="M3 6h18v12H3ZM3 10h18M6.5 14.5h4" />
);
export const PhoneIcon = ({ className = 'size-5' }: IconProps) => (
  <Icon
    className={className}
    d="M8.5 2.5h7a2 2 0 0 1 2 2v15a2 2 0 0 1-2 2h-7a2 2 0 0 1-2-2v-15a2 2 0 0 1 2-2ZM10.5 18.5h3"
  />
);
export const ParcelBackIcon = ({ className = 'size-5' }: IconProps) => (
  <Icon className={className} d="M4 9h11.5a4.5 4.5 0 0 1 0 9H9M8 5 4 9l4 4" />
);
