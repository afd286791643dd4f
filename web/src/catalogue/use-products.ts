import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { fetchProducts } from '../api/catalogue.ts';
import { type Filters, toQuery } from './filters.ts';

/** The filtered list, page by page; while a new filter loads, the old list stays. */
export function useProducts(filters: Filters) {
  const query = toQuery(filters);
  return useInfiniteQuery({
    queryKey: ['products', 'list', query],
    queryFn: ({ pageParam, signal }) => fetchProducts({ ...query, limit: 24, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}
