import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type SubmitEvent, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { fetchSuggestions } from '../api/catalogue.ts';
import { SearchIcon } from '../ui/icons.tsx';
import { SuggestionList } from './suggestion-list.tsx';
import { moveActive } from './suggestions.ts';
import { useDelayed } from './use-delayed.ts';

const TYPING_MS = 140;

/** Search as you type: a combobox whose suggestions open products, and Enter shows all results. */
export function SearchBox() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const location = useLocation();
  const [params] = useSearchParams();
  const inUrl = location.pathname === '/products' ? (params.get('q') ?? '') : '';
  const [text, setText] = useState(inUrl);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const listId = useId();
  const q = useDelayed(text.trim(), TYPING_MS);
  const found = useQuery({
    queryKey: ['suggestions', q],
    queryFn: ({ signal }) => fetchSuggestions(q, signal),
    enabled: open && q.length > 1,
    placeholderData: (previous) => previous,
  });
  const items = q.length > 1 ? (found.data?.items ?? []) : [];
  const shown = open && items.length > 0;

  useEffect(() => setText(inUrl), [inUrl]);

  const go = (to: string) => {
    setOpen(false);
    setActive(-1);
    void navigate(to);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const chosen = shown ? items[active] : undefined;
    if (chosen) return go(`/products/${chosen.id}`);
    go(text.trim() ? `/products?q=${encodeURIComponent(text.trim())}` : '/products');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setOpen(false);
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    setOpen(true);
    setActive(moveActive(active, event.key, items.length));
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is not announced by all screen readers yet
    <form role="search" className="relative" onSubmit={submit}>
      <SearchIcon className="pointer-events-none absolute start-4 top-1/2 size-5 -translate-y-1/2 text-muted" />
      <input
        type="search"
        role="combobox"
        name="q"
        aria-label={t('search.label')}
        aria-expanded={shown}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
        autoComplete="off"
        enterKeyHint="search"
        placeholder={t('search.placeholder')}
        maxLength={120}
        className="h-11 w-full rounded-full border border-edge bg-surface ps-12 pe-4 text-base placeholder:text-muted"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setActive(-1);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <SuggestionList id={listId} items={shown ? items : []} active={active} q={q} onChoose={go} />
    </form>
  );
}
