import type { User } from '@shopstack/contracts/user';
import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { session } from '../api/client.ts';
import { isProblem } from '../api/problem.ts';
import { fetchMe, patchMe } from '../api/user.ts';
import { notify } from '../app/toasts.ts';
import { useFailure } from '../app/use-failure.ts';
import { formatDate } from '../i18n/format.ts';
import { type Language, languageNames, languages } from '../i18n/language.ts';
import { chooseLanguage } from '../i18n/translations.ts';
import { Button } from '../ui/button.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';

export function ProfileForm({ user }: { user: User }) {
  const { t, i18n } = useTranslation('account');
  const explain = useFailure();
  const [name, setName] = useState(user.name);
  const [locale, setLocale] = useState(user.locale ?? i18n.resolvedLanguage ?? 'en');
  const save = useMutation({
    mutationFn: (body: { name: string; locale: Language }) => patchMe(body, user.version),
    onSuccess: async (updated, { locale: language }) => {
      await chooseLanguage(language);
      notify(i18n.t('account:profile.saved'));
      session.updateUser(updated);
    },
    onError: async (error) => {
      if (isProblem(error, 'etag-stale')) session.updateUser(await fetchMe());
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    save.mutate({ name: name.trim(), locale: languages.find((one) => one === locale) ?? 'en' });
  };
  return (
    <section aria-labelledby="profile" className="card p-5 md:p-7">
      <h2 id="profile" className="mb-5 text-2xl font-semibold">
        {t('profile.title')}
      </h2>
      <form className="grid gap-5" onSubmit={submit}>
        {save.error && (
          <Notice tone="bad" urgent>
            {explain(save.error)}
          </Notice>
        )}
        <TextField
          label={t('profile.name')}
          name="name"
          autoComplete="name"
          required
          maxLength={120}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <TextField label={t('profile.email')} hint={t('profile.emailHint')} value={user.email} readOnly />
        <SelectField
          label={t('profile.language')}
          name="locale"
          value={locale}
          onChange={({ target }) => setLocale(target.value)}
        >
          {languages.map((language) => (
            <option key={language} value={language}>
              {languageNames[language]}
            </option>
          ))}
        </SelectField>
        <div className="flex flex-wrap items-center justify-between gap-4">
          <Button type="submit" busy={save.isPending}>
            {save.isPending ? t('profile.saving') : t('profile.save')}
          </Button>
          <p className="text-sm text-muted">
            {t('profile.since', { date: formatDate(user.createdAt, i18n.language) })}
          </p>
        </div>
      </form>
    </section>
  );
}
