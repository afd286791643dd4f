import { useTranslation } from 'react-i18next';
import type { Suggestion } from '../api/catalogue.ts';
import { formatMoney } from '../i18n/format.ts';

interface Props {
  id: string;
  items: readonly Suggestion[];
  active: number;
  q: string;
  onChoose: (to: string) => void;
}

export function SuggestionList({ id, items, active, q, onChoose }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <div
        id={id}
        role="listbox"
        tabIndex={-1}
        aria-label={t('search.suggestions')}
        hidden={items.length === 0}
        className="absolute inset-x-0 top-full z-40 mt-2 overflow-hidden rounded-2xl border border-line bg-surface p-2 shadow-lift"
      >
        {items.map((item, index) => (
          // The input keeps the focus (aria-activedescendant), so the option itself takes the pointer only.
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the combobox
          <div
            key={item.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className="flex cursor-pointer items-center gap-3 rounded-xl p-2 hover:bg-sunken aria-selected:bg-brand-soft"
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onChoose(`/products/${item.id}`)}
          >
            <span className="size-11 shrink-0 overflow-hidden rounded-lg bg-sunken">
              {item.image && <img src={item.image.url} alt="" width="44" height="44" />}
            </span>
            <span className="min-w-0 grow truncate font-medium">{item.name}</span>
            <span className="text-sm text-muted tabular-nums">{formatMoney(item.price, i18n.language)}</span>
          </div>
        ))}
      </div>
      <div role="status" className="sr-only">
        {items.length > 0 && q ? t('search.count', { count: items.length }) : ''}
      </div>
    </>
  );
}
