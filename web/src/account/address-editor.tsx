import { zodResolver } from '@hookform/resolvers/zod';
import type { SavedAddress } from '@shopstack/contracts/user';
import { useMutation } from '@tanstack/react-query';
import { FormProvider, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { isProblem } from '../api/problem.ts';
import { type AddressInput, addAddress, replaceAddress } from '../api/user.ts';
import { useFailure } from '../app/use-failure.ts';
import { AddressFields } from '../checkout/address-fields.tsx';
import { AddressForm, emptyAddress, toAddress, toForm } from '../checkout/address-form.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';

const Editor = AddressForm.extend({ isDefault: z.boolean() });
type Editor = z.input<typeof Editor>;

interface Props {
  address: SavedAddress | undefined;
  onSaved: () => void;
  onStale: () => void;
}

export function AddressEditor({ address, onSaved, onStale }: Props) {
  const { t } = useTranslation('account');
  const explain = useFailure();
  const form = useForm<Editor>({
    resolver: zodResolver(Editor),
    defaultValues: { ...(address ? toForm(address) : emptyAddress), isDefault: address?.isDefault ?? false },
    mode: 'onTouched',
  });
  const save = useMutation({
    mutationFn: (body: AddressInput) => (address ? replaceAddress(address, body) : addAddress(body)),
    onSuccess: onSaved,
    onError: (error) => {
      if (isProblem(error, 'etag-stale')) onStale();
    },
  });
  const submit = form.handleSubmit(({ isDefault, ...filled }) =>
    save.mutate({ ...toAddress(filled), isDefault }),
  );
  return (
    <FormProvider {...form}>
      <form noValidate className="grid gap-5" onSubmit={submit}>
        {save.error && (
          <Notice tone="bad" urgent>
            {explain(save.error)}
          </Notice>
        )}
        <AddressFields />
        <CheckField label={t('addresses.makeDefault')} {...form.register('isDefault')} />
        <Button type="submit" busy={save.isPending}>
          {t('addresses.save')}
        </Button>
      </form>
    </FormProvider>
  );
}
