import { startTransition, useMemo, useOptimistic } from 'react';
import { useSearchParams } from 'react-router';
import { type Filters, readFilters, toParams } from './filters.ts';

/** The address bar is the only place where filters live; a choice shows at once, before the address has changed. */
export function useFilters() {
  const [params, setParams] = useSearchParams();
  const inAddress = useMemo(() => readFilters(params), [params]);
  const [filters, showNow] = useOptimistic(inAddress);
  const setFilters = (next: Filters) =>
    startTransition(() => {
      showNow(next);
      setParams(toParams(next));
    });
  return { filters, setFilters };
}
