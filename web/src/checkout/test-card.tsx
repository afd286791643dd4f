import { useTranslation } from 'react-i18next';
import { SelectField } from '../ui/field.tsx';
import { CardIcon } from '../ui/more-icons.tsx';

interface Props {
  tokens: readonly { token: string; effect: string }[];
  token: string | undefined;
  onToken: (token: string) => void;
}

/** The simulator's card: unmistakably not a real one, with a choice of what its bank answers. */
export function TestCard({ tokens, token, onToken }: Props) {
  const { t } = useTranslation('checkout');
  const words = (one: { token: string; effect: string }) =>
    t(`tokens.${one.token as 'sim_ok'}`, { defaultValue: one.effect });
  return (
    <div className="grid items-center gap-6 sm:grid-cols-[15rem_1fr]">
      <div
        aria-hidden="true"
        className="grid aspect-[1.6] w-full max-w-60 content-between rounded-2xl bg-[linear-gradient(135deg,#1f5c4a,#123a2f)] p-4 text-[#e9f4ee] shadow-lift"
      >
        <div className="flex items-center justify-between">
          <CardIcon className="size-7" />
          <span className="rounded-full border border-current px-2 py-0.5 text-xs font-bold tracking-wider uppercase">
            {t('payment.test')}
          </span>
        </div>
        <span className="tracking-widest whitespace-nowrap tabular-nums">•••• •••• •••• 4242</span>
        <span className="text-xs tracking-wide uppercase">ShopStack Bank</span>
      </div>
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
