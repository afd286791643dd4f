import type { Order } from '@shopstack/contracts/order';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { fetchShipment } from '../api/shipping.ts';
import { formatDateTime } from '../i18n/format.ts';
import { TruckIcon } from '../ui/more-icons.tsx';

export function Tracking({ order, followToken }: { order: Order; followToken: string | undefined }) {
  const { t, i18n } = useTranslation('order');
  const { shipmentId, trackingCode } = order.delivery;
  const onItsWay = order.status === 'shipped' || order.status === 'completed';
  const shipment = useQuery({
    // The order's version moves with every parcel event, so a new one asks again.
    queryKey: ['shipment', shipmentId, order.version],
    queryFn: ({ signal }) => fetchShipment(shipmentId ?? '', followToken, signal),
    enabled: onItsWay && shipmentId !== undefined,
    placeholderData: (previous) => previous,
  });
  if (!onItsWay) return null;
  const events = shipment.data?.events.toReversed() ?? [];
  const code = trackingCode ?? shipment.data?.trackingCode;
  return (
    <section aria-labelledby="tracking" className="card p-5 md:p-7">
      <h2 id="tracking" className="flex items-center gap-3 text-2xl font-semibold">
        <TruckIcon className="size-7 text-brand" />
        {t('tracking')}
      </h2>
      {code && <p className="mt-1 text-muted">{t('trackingCode', { code })}</p>}
      <ul className="mt-4 grid">
        {events.map(({ id, state, place, detail, at }) => (
          <li key={id} className="grid gap-x-4 border-t border-line py-3 sm:grid-cols-[1fr_auto]">
            <span className="font-semibold">{t(`shipment.${state}`)}</span>
            <time dateTime={at} className="text-sm text-muted tabular-nums">
              {formatDateTime(at, i18n.language)}
            </time>
            {(place || detail) && (
              <span className="text-sm text-muted">{[place, detail].filter(Boolean).join(' · ')}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
