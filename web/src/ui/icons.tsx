import { Icon, type IconProps } from './icon.tsx';

export const SearchIcon = ({ className = 'size-6' }: IconProps) => (
  <Icon className={className} d="M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM16.2 16.2 20.5 20.5" />
);
export const BagIcon = ({ className = 'size-6' }: IconProps) => (
  <Icon className={className} d="M5 8h14l1 12H4L5 8ZM8.5 10.5V7a3.5 3.5 0 0 1 7 0v3.5" />
);
export const PersonIcon = ({ className = 'size-6' }: IconProps) => (
  <Icon className={className} d="M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.5 20.5a7.5 7.5 0 0 1 15 0" />
);
export const MoonIcon = ({ className = 'size-6' }: IconProps) => (
  <Icon className={className} d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z" />
);
export const SunIcon = ({ className = 'size-6' }: IconProps) => (
  <Icon
    className={className}
    d="M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4"
  />
);
export const CloseIcon = ({ className = 'size-6' }: IconProps) => (
  <Icon className={className} d="m6 6 12 12M18 6 6 18" />
);
