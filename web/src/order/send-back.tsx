import type { Order } from '@shopstack/contracts/order';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { ParcelBackIcon } from '../ui/more-icons.tsx';
import { ReturnDialog } from './return-dialog.tsx';
import { mayReturn } from './returning.ts';

/** The dialog outlives the button: after the last thing was sent back it still says so. */
export function SendBack({ order, followToken }: { order: Order; followToken: string | undefined }) {
  const { t } = useTranslation('order');
  const [open, setOpen] = useState(false);
  return (
    <>
      {mayReturn(order) && (
        <Button look="quiet" className="w-fit" onClick={() => setOpen(true)}>
          <ParcelBackIcon />
          {t('back.button')}
        </Button>
      )}
      <ReturnDialog order={order} followToken={followToken} open={open} onClose={() => setOpen(false)} />
    </>
  );
}
