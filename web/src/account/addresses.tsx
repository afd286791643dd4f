import type { SavedAddress } from '@shopstack/contracts/user';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchAddresses, removeAddress } from '../api/user.ts';
import { notify } from '../app/toasts.ts';
import { useFailure } from '../app/use-failure.ts';
import { countryName } from '../i18n/format.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadFailure } from '../ui/load-failure.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { AddressEditor } from './address-editor.tsx';

const key = ['my-addresses'] as const;

export function Addresses() {
  const { t } = useTranslation('account');
  const client = useQueryClient();
  const explain = useFailure();
  const [editing, setEditing] = useState<SavedAddress | 'new'>();
  const addresses = useQuery({ queryKey: key, queryFn: ({ signal }) => fetchAddresses(signal) });
  const refresh = () => client.invalidateQueries({ queryKey: key });
  const remove = useMutation({
    mutationFn: removeAddress,
    onSuccess: () => notify(t('addresses.removed')),
    onError: (error) => notify(explain(error), 'bad'),
    onSettled: refresh,
  });
  const items = addresses.data?.items ?? [];
  const saved = () => {
    setEditing(undefined);
    notify(t('addresses.saved'));
    void refresh();
  };
  return (
    <section aria-labelledby="addresses" className="grid gap-5">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <h2 id="addresses" className="text-2xl font-semibold">
          {t('addresses.title')}
        </h2>
        <Button onClick={() => setEditing('new')}>{t('addresses.add')}</Button>
      </div>
      {addresses.isError && (
        <LoadFailure
          title={t('addresses.failed')}
          error={addresses.error}
          onRetry={() => void addresses.refetch()}
        />
      )}
      {addresses.isPending && <Skeleton className="h-32" />}
      {addresses.isSuccess && items.length === 0 && (
        <EmptyState title={t('addresses.empty')} text={t('addresses.emptyText')} />
      )}
      <ul className="grid gap-4">
        {items.map((address) => (
          <AddressCard
            key={address.id}
            address={address}
            busy={remove.isPending && remove.variables === address}
            onEdit={() => setEditing(address)}
            onRemove={() => remove.mutate(address)}
          />
        ))}
      </ul>
      <Dialog
        open={editing !== undefined}
        onClose={() => setEditing(undefined)}
        title={editing === 'new' ? t('addresses.newTitle') : t('addresses.editTitle')}
      >
        {editing && (
          <AddressEditor
            key={editing === 'new' ? 'new' : editing.id}
            address={editing === 'new' ? undefined : editing}
            onSaved={saved}
            onStale={refresh}
          />
        )}
      </Dialog>
    </section>
  );
}

interface CardProps {
  address: SavedAddress;
  busy: boolean;
  onEdit: () => void;
  onRemove: () => void;
}

function AddressCard({ address, busy, onEdit, onRemove }: CardProps) {
  const { t, i18n } = useTranslation('account');
  const lines = [address.line1, address.line2, `${address.postcode} ${address.city}`, address.region].filter(
    Boolean,
  );
  return (
    <li className="card flex flex-wrap items-start justify-between gap-4 p-5">
      <address className="not-italic">
        <span className="flex flex-wrap items-center gap-3 font-semibold">
          {address.name}
          {address.isDefault && (
            <span className="rounded-full bg-brand-soft px-3 py-0.5 text-sm text-brand">
              {t('addresses.default')}
            </span>
          )}
        </span>
        {lines.map((line) => (
          <span key={line} className="block text-muted">
            {line}
          </span>
        ))}
        <span className="block text-muted">{countryName(address.country, i18n.language)}</span>
      </address>
      <div className="flex gap-2">
        <Button look="quiet" aria-label={t('addresses.editLabel', { name: address.name })} onClick={onEdit}>
          {t('addresses.edit')}
        </Button>
        <Button
          look="danger"
          busy={busy}
          aria-label={t('addresses.removeLabel', { name: address.name })}
          onClick={onRemove}
        >
          {t('addresses.remove')}
        </Button>
      </div>
    </li>
  );
}
