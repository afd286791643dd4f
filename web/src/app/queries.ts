import { QueryClient } from '@tanstack/react-query';
import { isProblem } from '../api/problem.ts';

/** Waiting helps when nobody answered; asking again does not change a refusal. */
export function isWorthRetrying(failures: number, error: unknown): boolean {
  if (failures >= 2 || !isProblem(error)) return false;
  return error.code === 'offline' || error.status === 429 || error.status >= 500;
}

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: isWorthRetrying,
      retryDelay: (failures) => 400 * 2 ** failures,
      staleTime: 30_000,
    },
    mutations: { networkMode: 'always' },
  },
});
