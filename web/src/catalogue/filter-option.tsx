import { createContext, type ReactNode, useContext, useId } from 'react';

const GroupName = createContext('');

export function FilterGroup({ title, children }: { title: string; children: ReactNode }) {
  const name = useId();
  return (
    <fieldset className="grid gap-0.5">
      <legend className="mb-1.5 font-semibold">{title}</legend>
      <GroupName value={name}>{children}</GroupName>
    </fieldset>
  );
}

interface Props {
  kind: 'radio' | 'checkbox';
  label: string;
  /** Shown instead of the label, which is then only spoken. */
  drawing?: ReactNode;
  count?: number | undefined;
  checked: boolean;
  onChange: () => void;
}

export function FilterOption({ kind, label, drawing, count, checked, onChange }: Props) {
  const name = useContext(GroupName);
  return (
    <label className="-mx-2 flex min-h-10 items-center gap-3 rounded-xl px-2 hover:bg-sunken">
      <input
        type={kind}
        name={name}
        checked={checked}
        onChange={onChange}
        className="size-[1.15rem] shrink-0 accent-brand"
      />
      <span className={`min-w-0 grow truncate text-[0.95rem] ${checked ? 'font-semibold' : ''}`}>
        {drawing}
        <span className={drawing ? 'sr-only' : ''}>{label}</span>
      </span>
      {count !== undefined && <span className="text-sm text-muted tabular-nums">{count}</span>}
    </label>
  );
}
