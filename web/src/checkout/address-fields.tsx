import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { fetchCountries, fetchPlaces } from '../api/shipping.ts';
import { useDelayed } from '../app/use-delayed.ts';
import { countryName } from '../i18n/format.ts';
import { Field } from '../ui/field.tsx';
import { FormField, useFieldError } from './form-field.tsx';

const TYPING_MS = 200;

/** The fields of an address; `prefix` says where they are in the surrounding form. */
export function AddressFields({ prefix = '' }: { prefix?: '' | 'address.' }) {
  const { t } = useTranslation('checkout');
  return (
    <div className="grid gap-4 sm:grid-cols-6">
      <div className="sm:col-span-6">
        <FormField name={`${prefix}name`} autoComplete="name" label={t('address.name')} />
      </div>
      <div className="sm:col-span-6">
        <CountryField name={`${prefix}country`} />
      </div>
      <div className="sm:col-span-3">
        <FormField name={`${prefix}line1`} autoComplete="address-line1" label={t('address.line1')} />
      </div>
      <div className="sm:col-span-3">
        <FormField name={`${prefix}line2`} autoComplete="address-line2" label={t('address.line2')} />
      </div>
      <div className="sm:col-span-2">
        <FormField name={`${prefix}postcode`} autoComplete="postal-code" label={t('address.postcode')} />
      </div>
      <div className="sm:col-span-4">
        <CityField prefix={prefix} />
      </div>
      <div className="sm:col-span-3">
        <FormField name={`${prefix}region`} autoComplete="address-level1" label={t('address.region')} />
      </div>
      <div className="sm:col-span-3">
        <FormField
          name={`${prefix}phone`}
          type="tel"
          autoComplete="tel"
          label={t('address.phone')}
          hint={t('address.phoneHint')}
        />
      </div>
    </div>
  );
}

function CountryField({ name }: { name: string }) {
  const { t, i18n } = useTranslation('checkout');
  const { register } = useFormContext();
  const countries = useQuery({
    queryKey: ['countries'],
    queryFn: ({ signal }) => fetchCountries(signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const named = (countries.data?.items ?? [])
    .map(({ code }) => ({ code, label: countryName(code, i18n.language) }))
    .sort((a, b) => a.label.localeCompare(b.label, i18n.language));
  const error = useFieldError(name);
  return (
    <Field label={t('address.country')} error={error}>
      {(wiring) => (
        // The options arrive later than the value, so the element begins anew with them.
        <select key={named.length} {...wiring} {...register(name)} autoComplete="country" className="input">
          <option value="">{t('address.chooseCountry')}</option>
          {named.map(({ code, label }) => (
            <option key={code} value={code}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function CityField({ prefix }: { prefix: string }) {
  const { t } = useTranslation('checkout');
  const listId = useId();
  const { control, getValues, setValue } = useFormContext();
  const country = String(useWatch({ control, name: `${prefix}country` }) ?? '');
  const city = useDelayed(String(useWatch({ control, name: `${prefix}city` }) ?? '').trim(), TYPING_MS);
  const places = useQuery({
    queryKey: ['places', country, city],
    queryFn: ({ signal }) => fetchPlaces(country, city, signal),
    enabled: country !== '' && city.length > 1,
    placeholderData: (previous) => previous,
    staleTime: 300_000,
  });
  const items = places.data?.items ?? [];
  const takePostcode = (name: string) => {
    const postcode = items.find((place) => place.name === name)?.postcode;
    if (postcode && !getValues(`${prefix}postcode`)) {
      setValue(`${prefix}postcode`, postcode, { shouldValidate: true });
    }
  };
  return (
    <>
      <FormField
        name={`${prefix}city`}
        autoComplete="address-level2"
        list={listId}
        label={t('address.city')}
        onInput={({ currentTarget }) => takePostcode(currentTarget.value)}
      />
      <datalist id={listId}>
        {items.map(({ name, postcode, latitude, longitude }) => (
          <option key={`${name} ${latitude} ${longitude}`} value={name} label={postcode ?? ''} />
        ))}
      </datalist>
    </>
  );
}
