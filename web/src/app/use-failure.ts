import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../api/problem.ts';

const shellKey = (error: unknown) => {
  if (isProblem(error, 'offline')) return 'failed.offline' as const;
  if (isProblem(error) && error.status >= 500) return 'failed.unavailable' as const;
  return 'failed.unexpected' as const;
};

/** Words for a failure: what happened and what to do, in the reader's language. */
export function useFailure(): (error: unknown) => string {
  const { t } = useTranslation('shell');
  const { t: known } = useTranslation('problems', { useSuspense: false });
  return useCallback(
    (error: unknown) => {
      const general = t(shellKey(error));
      if (!isProblem(error) || error.code === 'offline' || error.code === 'unexpected') return general;
      return known(error.code as 'unavailable', { defaultValue: general });
    },
    [t, known],
  );
}
