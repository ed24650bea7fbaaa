import { Link } from '@tanstack/react-router';
import { Notice } from '../ui/states/Notice.tsx';
import { useTitle, useWords } from './messages/words.tsx';
import { Page } from './Page.tsx';

export function NotFound() {
  const { t } = useWords();
  useTitle(t('app.notFound.title'));
  return (
    <Page>
      <Notice
        heading="h1"
        title={t('app.notFound.title')}
        action={<Link to="/">{t('app.notFound.action')}</Link>}
      />
    </Page>
  );
}

export function Broken() {
  const { t } = useWords();
  return (
    <Page>
      <Notice heading="h1" tone="error" title={t('app.broken.title')}>
        {t('app.broken.words')}
      </Notice>
    </Page>
  );
}
