import { useTranslation } from 'react-i18next';
import { useFailure } from '../app/use-failure.ts';
import { Button } from './button.tsx';
import { EmptyState } from './empty-state.tsx';

interface Props {
  title: string;
  error: unknown;
  onRetry: () => void;
}

export function LoadFailure({ title, error, onRetry }: Props) {
  const { t } = useTranslation();
  const explain = useFailure();
  return (
    <div role="alert">
      <EmptyState title={title} text={explain(error)}>
        <Button onClick={onRetry}>{t('retry')}</Button>
      </EmptyState>
    </div>
  );
}
