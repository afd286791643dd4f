import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { type Filters, readFilters, toParams } from './filters.ts';

/** The address bar is the only place where filters live. */
export function useFilters() {
  const [params, setParams] = useSearchParams();
  const filters = useMemo(() => readFilters(params), [params]);
  const setFilters = (next: Filters) => setParams(toParams(next));
  return { filters, setFilters };
}
