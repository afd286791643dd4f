import type { InputHTMLAttributes } from 'react';
import { type FieldPath, type FieldValues, useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { TextField } from '../ui/field.tsx';
import { fieldProblem } from './address-form.ts';

interface Props<T extends FieldValues> extends Omit<InputHTMLAttributes<HTMLInputElement>, 'name'> {
  name: FieldPath<T>;
  label: string;
  hint?: string;
}

/** A field of the surrounding form, with its problem in plain words. */
export function FormField<T extends FieldValues>({ name, ...rest }: Props<T>) {
  const { register } = useFormContext<T>();
  const error = useFieldError(name);
  return <TextField {...rest} {...register(name)} error={error} />;
}

export function useFieldError(name: string): string | undefined {
  const { t } = useTranslation('checkout');
  const { getFieldState, formState } = useFormContext();
  const { error } = getFieldState(name, formState);
  return error && t(`error.${fieldProblem(name.split('.').at(-1) ?? '', error.type)}`);
}
