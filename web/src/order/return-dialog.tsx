import type { Order } from '@shopstack/contracts/order';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFailure } from '../app/use-failure.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useMoney } from '../ui/price.tsx';
import { ReturnAmount } from './return-amount.tsx';
import { ReturnLines } from './return-lines.tsx';
import { amountBack, returnableLines } from './returning.ts';
import { useReturn } from './use-return.ts';

const MOST_LETTERS = 300;

interface Props {
  order: Order;
  followToken: string | undefined;
  open: boolean;
  onClose: () => void;
}

/** Choose what goes back, see what is refunded, send it. */
export function ReturnDialog({ order, followToken, open, onClose }: Props) {
  const { t } = useTranslation('order');
  const money = useMoney();
  const explain = useFailure();
  const [quantities, setQuantities] = useState<Readonly<Record<string, number>>>({});
  const [reason, setReason] = useState('');
  const sending = useReturn(order, followToken);

  const lines = returnableLines(order).map((it) => ({
    ...it,
    chosen: Math.min(quantities[it.line.sku] ?? 0, it.left),
  }));
  const chosen = lines.flatMap((it) => (it.chosen > 0 ? [{ sku: it.line.sku, quantity: it.chosen }] : []));
  const back = amountBack(order, chosen);
  const close = () => {
    onClose();
    if (!sending.isSuccess) return;
    sending.reset();
    setReason('');
  };
  const submit = () => {
    if (chosen.length === 0) return;
    const words = reason.trim();
    sending.mutate(
      { lines: chosen, ...(words ? { reason: words } : {}), amount: back.amount },
      { onSuccess: () => setQuantities({}) },
    );
  };

  if (sending.isSuccess) {
    return (
      <Dialog
        open={open}
        onClose={close}
        title={t('back.title')}
        footer={
          <Button className="w-full" onClick={close}>
            {t('back.close')}
          </Button>
        }
      >
        <Notice tone="good" urgent>
          <p className="font-semibold">{t('back.done')}</p>
          <p>{t('back.doneText', { amount: money(sending.variables.amount) })}</p>
        </Notice>
      </Dialog>
    );
  }
  return (
    <Dialog
      open={open}
      onClose={close}
      title={t('back.title')}
      footer={
        <div className="grid gap-4">
          <ReturnAmount back={back} />
          <Button className="w-full" busy={sending.isPending} disabled={chosen.length === 0} onClick={submit}>
            {sending.isPending
              ? t('back.sending')
              : chosen.length > 0
                ? t('back.submit', { amount: money(back.amount) })
                : t('back.submitNone')}
          </Button>
        </div>
      }
    >
      <div className="grid gap-5">
        <p>{lines.length > 0 ? t('back.text') : t('back.nothing')}</p>
        <ReturnLines
          lines={lines}
          onChoose={(sku, quantity) => setQuantities((before) => ({ ...before, [sku]: quantity }))}
          onAll={() => setQuantities(Object.fromEntries(lines.map(({ line, left }) => [line.sku, left])))}
        />
        <TextField
          label={t('back.reason')}
          hint={t('back.reasonHint')}
          name="reason"
          maxLength={MOST_LETTERS}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
        {sending.error && (
          <Notice tone="bad" urgent>
            {explain(sending.error)}
          </Notice>
        )}
      </div>
    </Dialog>
  );
}
