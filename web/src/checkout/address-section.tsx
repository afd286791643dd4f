import type { SavedAddress } from '@shopstack/contracts/user';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { fetchAddresses } from '../api/user.ts';
import { ChoiceCard } from '../ui/choice-card.tsx';
import { CheckField } from '../ui/field.tsx';
import { AddressFields } from './address-fields.tsx';
import { emptyAddress, toForm } from './address-form.ts';
import type { CheckoutForm } from './checkout-form.ts';
import { Section } from './section.tsx';

export function AddressSection({ signedIn }: { signedIn: boolean }) {
  const { t } = useTranslation('checkout');
  const saved = useQuery({
    queryKey: ['my-addresses'],
    queryFn: ({ signal }) => fetchAddresses(signal),
    enabled: signedIn,
  });
  const items = saved.data?.items ?? [];
  return (
    <Section number={2} title={t('address.title')}>
      {signedIn && items.length > 0 ? <SavedChoice items={items} /> : <NewAddress signedIn={signedIn} />}
    </Section>
  );
}

function NewAddress({ signedIn }: { signedIn: boolean }) {
  const { t } = useTranslation('checkout');
  const { register } = useFormContext<CheckoutForm>();
  return (
    <div className="grid gap-4">
      <AddressFields prefix="address." />
      {signedIn && <CheckField label={t('address.remember')} {...register('remember')} />}
    </div>
  );
}

function SavedChoice({ items }: { items: readonly SavedAddress[] }) {
  const { t } = useTranslation('checkout');
  const { setValue, getValues } = useFormContext<CheckoutForm>();
  const [id, setId] = useState(() => initialChoice(items, getValues('address.line1')));
  const chosen = items.find((item) => item.id === id);

  useEffect(() => {
    if (chosen) setValue('address', toForm(chosen), { shouldValidate: true });
  }, [chosen, setValue]);

  return (
    <div className="grid gap-4">
      <fieldset className="grid gap-2">
        <legend className="sr-only">{t('address.saved')}</legend>
        {items.map((item) => (
          <ChoiceCard
            key={item.id}
            name="saved-address"
            checked={id === item.id}
            onChange={() => setId(item.id)}
            title={item.name}
            detail={`${item.line1}, ${item.postcode} ${item.city}, ${item.country}`}
            aside={
              item.isDefault && <span className="text-sm font-normal text-muted">{t('address.default')}</span>
            }
          />
        ))}
        <ChoiceCard
          name="saved-address"
          checked={!chosen}
          onChange={() => {
            setId('');
            setValue('address', emptyAddress);
          }}
          title={t('address.other')}
        />
      </fieldset>
      {!chosen && <NewAddress signedIn />}
    </div>
  );
}

/** What was typed before signing in wins; otherwise the standard address. */
function initialChoice(items: readonly SavedAddress[], typed: string): string {
  const same = items.find(({ line1 }) => line1 === typed);
  if (typed && !same) return '';
  return (same ?? items.find(({ isDefault }) => isDefault) ?? items[0])?.id ?? '';
}
