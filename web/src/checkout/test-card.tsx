import { useTranslation } from 'react-i18next';
import { SelectField } from '../ui/field.tsx';
import { CardIcon } from '../ui/more-icons.tsx';
import { TestPicture } from './test-picture.tsx';

interface Props {
  tokens: readonly { token: string; effect: string }[];
  token: string | undefined;
  onToken: (token: string) => void;
}

/** The simulator's card, with a choice of what its bank answers. */
export function TestCard({ tokens, token, onToken }: Props) {
  const { t } = useTranslation('checkout');
  const words = (one: { token: string; effect: string }) =>
    t(`tokens.${one.token as 'sim_ok'}`, { defaultValue: one.effect });
  return (
    <div className="grid items-center gap-6 sm:grid-cols-[15rem_1fr]">
      <TestPicture
        icon={<CardIcon className="size-7" />}
        badge={t('payment.test')}
        number="•••• •••• •••• 4242"
        issuer="ShopStack Bank"
      />
      <div className="grid gap-3">
        <p className="text-sm text-muted">{t('payment.testText')}</p>
        <SelectField
          label={t('payment.outcome')}
          name="test-card"
          value={token ?? ''}
          onChange={({ target }) => onToken(target.value)}
        >
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
