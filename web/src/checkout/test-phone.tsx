import { useTranslation } from 'react-i18next';
import { SelectField } from '../ui/field.tsx';
import { PhoneIcon } from '../ui/more-icons.tsx';
import { readableNumber, testEnding } from './phone-number.ts';
import { TestPicture } from './test-picture.tsx';

interface Props {
  tokens: readonly { token: string; effect: string }[];
  /** The number that is given, once it is one. */
  token: string | undefined;
  onNumber: (number: string) => void;
}

/** The simulator's phones: choosing what should happen fills in a number that does it. */
export function TestPhone({ tokens, token, onNumber }: Props) {
  const { t } = useTranslation('checkout');
  const chosen = tokens.find((one) => one.token === token)?.token ?? '';
  const words = (one: { token: string; effect: string }) =>
    t(`phone.effects.${testEnding(one.token) as '01'}`, { defaultValue: one.effect });
  return (
    <div className="grid items-center gap-6 sm:grid-cols-[15rem_1fr]">
      <TestPicture
        icon={<PhoneIcon className="size-7" />}
        badge={t('phone.test')}
        number={token ? readableNumber(token) : '+254 ••• ••• •••'}
        issuer="ShopStack Mobile"
      />
      <div className="grid gap-3">
        <p className="text-sm text-muted">{t('phone.testText')}</p>
        <SelectField
          label={t('phone.outcome')}
          name="test-phone"
          value={chosen}
          onChange={({ target }) => onNumber(target.value && readableNumber(target.value))}
        >
          <option value="">{t('phone.another')}</option>
          {tokens.map((one) => (
            <option key={one.token} value={one.token}>
              {words(one)}
            </option>
          ))}
        </SelectField>
      </div>
    </div>
  );
}
