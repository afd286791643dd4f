import mark from '../../../mongo/catalogue/images/logo.svg?url';

export function Logo() {
  return (
    <span className="flex items-center gap-2.5">
      <img src={mark} alt="" width="40" height="40" className="size-10 shrink-0" />
      <span className="font-display text-[1.35rem] font-semibold tracking-tight">ShopStack</span>
    </span>
  );
}
