import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { fetchMyReview, type ReviewInput, removeMyReview, saveMyReview } from '../api/ratings.ts';
import { notify } from '../app/toasts.ts';
import { useSession } from '../app/use-session.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { ReviewForm } from './review-form.tsx';

export function MyReview({ productId }: { productId: string }) {
  const { t } = useTranslation('shop');
  const { pathname } = useLocation();
  const session = useSession();
  if (session.status === 'unknown') return null;
  if (session.status === 'signed-in') return <Mine productId={productId} name={session.user.name} />;
  return (
    <p className="text-sm text-muted">
      <Link to={`/sign-in?to=${encodeURIComponent(pathname)}`} className="link">
        {t('reviews.signIn')}
      </Link>{' '}
      {t('reviews.only')}
    </p>
  );
}

function Mine({ productId, name }: { productId: string; name: string }) {
  const { t } = useTranslation('shop');
  const client = useQueryClient();
  const { hash } = useLocation();
  const [open, setOpen] = useState(hash === '#write-review');
  const mine = useQuery({
    queryKey: ['my-review', productId],
    queryFn: ({ signal }) => fetchMyReview(productId, signal),
  });
  const review = mine.data?.review ?? undefined;
  const refresh = () =>
    Promise.all(
      ['my-review', 'reviews', 'rating'].map((key) =>
        client.invalidateQueries({ queryKey: [key, productId] }),
      ),
    );
  const finish = async (text: string) => {
    setOpen(false);
    notify(text);
    await refresh();
  };
  const save = useMutation({
    mutationFn: (input: ReviewInput) => saveMyReview(productId, input, review?.version),
    onSuccess: () => finish(t('reviews.saved')),
    onError: () => void mine.refetch(),
  });
  const remove = useMutation({
    mutationFn: async () => review && removeMyReview(productId, review.version),
    onSuccess: () => finish(t('reviews.removed')),
  });

  if (!mine.data) return null;
  if (!mine.data.mayReview && !review) return <p className="text-sm text-muted">{t('reviews.only')}</p>;
  return (
    <div className="grid justify-items-start gap-3">
      {review?.state === 'pending' && <Notice>{t('reviews.pending')}</Notice>}
      <Button look={review ? 'quiet' : 'primary'} onClick={() => setOpen(true)}>
        {review ? t('reviews.edit') : t('reviews.write')}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={review ? t('reviews.mine') : t('reviews.write')}
      >
        <ReviewForm
          review={review}
          author={review?.author ?? name}
          busy={save.isPending || remove.isPending}
          error={save.error ?? remove.error}
          onSave={(input) => save.mutate(input)}
          onRemove={review ? () => remove.mutate() : undefined}
        />
      </Dialog>
    </div>
  );
}
