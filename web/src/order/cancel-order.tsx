import type { Order } from '@shopstack/contracts/order';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cancelOrder } from '../api/dispatch.ts';
import { createIntent } from '../api/idempotency.ts';
import { useFailure } from '../app/use-failure.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { newer } from './timeline.ts';

export function CancelOrder({ order, followToken }: { order: Order; followToken: string | undefined }) {
  const { t } = useTranslation('order');
  const client = useQueryClient();
  const explain = useFailure();
  const [open, setOpen] = useState(false);
  const [intent] = useState(() => createIntent());
  const cancel = useMutation({
    mutationFn: () => intent.run({}, (key) => cancelOrder(order.id, followToken, key)),
    onSuccess: (answer) => {
      client.setQueryData<Order>(['order', order.id], (shown) => newer(shown, answer));
      setOpen(false);
    },
  });
  return (
    <>
      <Button look="danger" className="w-fit" onClick={() => setOpen(true)}>
        {t('cancel.button')}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t('cancel.title')}
        footer={
          <div className="flex flex-wrap gap-3">
            <Button look="danger" className="grow" busy={cancel.isPending} onClick={() => cancel.mutate()}>
              {t('cancel.yes')}
            </Button>
            <Button look="quiet" className="grow" onClick={() => setOpen(false)}>
              {t('cancel.no')}
            </Button>
          </div>
        }
      >
        <div className="grid gap-4">
          <p>{t('cancel.text')}</p>
          {cancel.error && (
            <Notice tone="bad" urgent>
              {explain(cancel.error)}
            </Notice>
          )}
        </div>
      </Dialog>
    </>
  );
}
