import { type InputHTMLAttributes, useState } from 'react';
import { useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Field, TextField } from '../ui/field.tsx';
import { entryProblem } from './entry-form.ts';

interface Props extends InputHTMLAttributes<HTMLInputElement> {
  name: string;
  label: string;
  hint?: string;
}

function useEntryError(name: string): string | undefined {
  const { t } = useTranslation('account');
  const { getFieldState, formState, getValues } = useFormContext();
  const { error } = getFieldState(name, formState);
  return error && t(`error.${entryProblem(name, error.type, getValues(name))}`);
}

export function EntryField({ name, ...rest }: Props) {
  const { register } = useFormContext();
  return <TextField {...rest} {...register(name)} error={useEntryError(name)} />;
}

export function PasswordField({ name, label, hint, ...rest }: Props) {
  const { t } = useTranslation('account');
  const { register } = useFormContext();
  const [shown, setShown] = useState(false);
  return (
    <Field label={label} hint={hint} error={useEntryError(name)}>
      {(wiring) => (
        <span className="relative block">
          <input
            {...wiring}
            {...rest}
            {...register(name)}
            type={shown ? 'text' : 'password'}
            className="input pe-24!"
          />
          <button
            type="button"
            aria-pressed={shown}
            aria-label={shown ? t('hide') : t('show')}
            className="absolute end-1 top-1/2 grid size-10 -translate-y-1/2 place-items-center rounded-lg text-muted hover:text-ink"
            onClick={() => setShown(!shown)}
          >
            <svg
              viewBox="0 0 24 24"
              className="size-5"
              fill="none"
              stroke="currentColor"
              strokeWidth="1.75"
              aria-hidden="true"
            >
              <path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z" />
              <circle cx="12" cy="12" r="3" />
              {shown && <path d="M4 20 20 4" />}
            </svg>
          </button>
        </span>
      )}
    </Field>
  );
}
