import type { Order } from '@shopstack/contracts/order';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../api/order-stream.ts';
import { useSession } from '../app/use-session.ts';
import { formatDateTime } from '../i18n/format.ts';
import { Notice } from '../ui/notice.tsx';
import { CancelOrder } from './cancel-order.tsx';
import { Headline } from './headline.tsx';
import { OrderSummary } from './order-summary.tsx';
import { PaymentHelp } from './payment-help.tsx';
import { PutBack } from './put-back.tsx';
import { RefundList } from './refund-list.tsx';
import { SendBack } from './send-back.tsx';
import { mayBuyAgain, mayCancel, occasionOf } from './timeline.ts';
import { Timeline } from './timeline-list.tsx';
import { Tracking } from './tracking.tsx';

interface Props {
  order: Order;
  followToken: string | undefined;
  connection: Connection;
}

export function OrderView({ order, followToken, connection }: Props) {
  const { t, i18n } = useTranslation('order');
  const session = useSession();
  const [asked, setAsked] = useState<string>();
  const isAsked = asked === occasionOf(order);
  return (
    <div className="wrap grid gap-8 py-8 md:py-12">
      <header className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <p className="text-muted">
          <span className="font-semibold text-ink">{t('title', { number: order.number })}</span>
          {' · '}
          {t('placedOn', { date: formatDateTime(order.placedAt, i18n.language) })}
        </p>
        <ConnectionLight connection={connection} />
      </header>
      <Headline order={order} isAsked={isAsked} />
      {mayBuyAgain(order) && <PutBack order={order} />}
      <div className="grid items-start gap-8 lg:grid-cols-[1fr_24rem] lg:gap-12">
        <div className="grid gap-6">
          <PaymentHelp order={order} followToken={followToken} isAsked={isAsked} onAsked={setAsked} />
          <RefundList order={order} />
          <Timeline order={order} />
          <Tracking order={order} followToken={followToken} />
          <SendBack order={order} followToken={followToken} />
          {mayCancel(order) && <CancelOrder order={order} followToken={followToken} />}
          {session.status === 'guest' && followToken && <Notice>{t('guest')}</Notice>}
        </div>
        <OrderSummary order={order} />
      </div>
    </div>
  );
}

function ConnectionLight({ connection }: { connection: Connection }) {
  const { t } = useTranslation('order');
  if (connection === 'ended') return null;
  return (
    <p className="inline-flex items-center gap-2 text-sm text-muted">
      <span
        aria-hidden="true"
        className={`size-2.5 rounded-full ${connection === 'live' ? 'animate-pulse-ring bg-good' : 'bg-warn'}`}
      />
      {t(`live.${connection}`)}
    </p>
  );
}
