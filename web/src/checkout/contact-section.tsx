import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SessionState } from '../api/session.ts';
import { Notice } from '../ui/notice.tsx';
import type { CheckoutForm } from './checkout-form.ts';
import { FormField } from './form-field.tsx';
import { Section } from './section.tsx';

export function ContactSection({ session }: { session: SessionState }) {
  const { t } = useTranslation('checkout');
  if (session.status === 'signed-in') {
    return (
      <Section number={1} title={t('contact.title')}>
        <p>{t('contact.as', { email: session.user.email })}</p>
      </Section>
    );
  }
  return (
    <Section
      number={1}
      title={t('contact.title')}
      aside={
        <p className="text-sm text-muted">
          {t('contact.have')}{' '}
          <Link to="/sign-in?to=/checkout" className="link">
            {t('contact.signIn')}
          </Link>
        </p>
      }
    >
      <div className="grid gap-4">
        {session.status === 'guest' && session.ended && <Notice tone="warn">{t('contact.ended')}</Notice>}
        <FormField<CheckoutForm>
          name="email"
          type="email"
          autoComplete="email"
          inputMode="email"
          label={t('contact.email')}
          hint={t('contact.emailHint')}
        />
      </div>
    </Section>
  );
}
