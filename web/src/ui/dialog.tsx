import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { CloseIcon } from './icons.tsx';

interface Props {
  open: boolean;
  onClose: () => void;
  title: string;
  place?: 'right' | 'bottom' | 'centre';
  footer?: ReactNode;
  children: ReactNode;
}

/**
 * The browser's own modal dialog: it keeps the focus inside, makes the rest inert and returns the focus.
 * Scripted dialogs lock scrolling with an injected <style>, which the content security policy forbids.
 */
export function Dialog({ open, onClose, title, place = 'centre', footer, children }: Props) {
  const { t } = useTranslation();
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const dialog = element.current;
    if (open && !dialog?.open) dialog?.showModal();
    if (!open && dialog?.open) dialog.close();
  }, [open]);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the dialog's own; the click is for the backdrop
    <dialog
      ref={element}
      aria-labelledby={titleId}
      className={`panel panel-${place}`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      // Closing by `open` fires this too, by when the owner may already show something else.
      onClose={() => open && onClose()}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      <div className="flex h-full max-h-[inherit] flex-col">
        <div className="flex items-center justify-between gap-4 border-b border-line py-3 ps-5 pe-3">
          <h2 id={titleId} className="text-xl font-semibold">
            {title}
          </h2>
          <button
            type="button"
            className="grid size-11 place-items-center rounded-full hover:bg-sunken"
            aria-label={t('close')}
            onClick={onClose}
          >
            <CloseIcon />
          </button>
        </div>
        <div className="grow overflow-y-auto overscroll-contain p-5">{children}</div>
        {footer && <div className="border-t border-line p-5">{footer}</div>}
      </div>
    </dialog>
  );
}
