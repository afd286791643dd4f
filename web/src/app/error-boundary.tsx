import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  children: ReactNode;
  /** A new value gives the children another chance, for example after navigating away. */
  resetKey?: string;
}

export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }
  override componentDidUpdate(previous: Props) {
    if (this.state.failed && previous.resetKey !== this.props.resetKey) this.setState({ failed: false });
  }
  override render() {
    return this.state.failed ? <BrokenPage /> : this.props.children;
  }
}

function BrokenPage() {
  const { t } = useTranslation();
  return (
    <div role="alert" className="wrap grid justify-items-start gap-4 py-20">
      <h1 className="text-4xl font-semibold">{t('broken.title')}</h1>
      <p className="max-w-prose text-lg text-muted">{t('broken.text')}</p>
      <button
        type="button"
        className="min-h-12 rounded-full bg-brand px-6 font-semibold text-on-brand"
        onClick={() => location.reload()}
      >
        {t('broken.reload')}
      </button>
    </div>
  );
}
