import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { CloseIcon } from '../ui/icons.tsx';
import { currentToasts, dismissToast, subscribeToToasts } from './toasts.ts';

export function ToastRegion() {
  const { t } = useTranslation();
  const toasts = useSyncExternalStore(subscribeToToasts, currentToasts);
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-4 bottom-4 z-40 grid justify-items-center gap-2"
    >
      {toasts.map(({ id, text, tone }) => (
        <div
          key={id}
          className={`pointer-events-auto flex max-w-md animate-rise items-center gap-3 rounded-2xl py-2 ps-5 pe-2 shadow-lift ${
            tone === 'good' ? 'bg-ink text-paper' : 'bg-bad-soft text-bad'
          }`}
        >
          <span>{text}</span>
          <button
            type="button"
            className="grid size-10 place-items-center rounded-full"
            aria-label={t('close')}
            onClick={() => dismissToast(id)}
          >
            <CloseIcon />
          </button>
        </div>
      ))}
    </div>
  );
}
