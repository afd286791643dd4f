import { type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '../ui/field.tsx';
import { mpesaNumber } from './phone-number.ts';
import { TestPhone } from './test-phone.tsx';

interface Props {
  /** Numbers of the simulator; none in a real shop. */
  tokens: readonly { token: string; effect: string }[];
  number: string;
  onNumber: (number: string) => void;
  /** Somebody wanted to pay: what is missing is said. */
  asked: boolean;
  field?: Ref<HTMLInputElement>;
}

/** Paying with a phone: its number, and what will happen on it. */
export function PhonePayment({ tokens, number, onNumber, asked, field }: Props) {
  const { t } = useTranslation('checkout');
  const [left, setLeft] = useState(false);
  const token = mpesaNumber(number);
  const wrong = !token && (asked || (left && number.trim() !== ''));
  return (
    <div className="grid gap-5">
      <TextField
        {...(field ? { ref: field } : {})}
        label={t('phone.number')}
        hint={t('phone.hint')}
        error={wrong ? t('error.mpesa') : undefined}
        name="payer-phone"
        type="tel"
        autoComplete="tel"
        value={number}
        onChange={({ target }) => onNumber(target.value)}
        onBlur={() => setLeft(true)}
      />
      {tokens.length > 0 && <TestPhone tokens={tokens} token={token} onNumber={onNumber} />}
    </div>
  );
}
