import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Account } from '#shared/contract/access.ts';
import { ErrorSummary } from '../../ui/form/ErrorSummary.tsx';
import { Field } from '../../ui/form/Field.tsx';
import { post } from '../api/client.ts';
import { metaQuery, setSession } from '../api/queries.ts';
import { useTitle, useWords } from '../messages/words.tsx';
import { Page } from '../Page.tsx';
import { type FormErrors, isEmail, problemWords } from './check.ts';

export function SignInPage({ gone }: { gone?: 'expired' | 'signed-out' | undefined }) {
  const { t } = useWords();
  const { data: meta } = useQuery(metaQuery);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [errors, setErrors] = useState<FormErrors>([]);
  const [busy, setBusy] = useState(false);
  useTitle(t('signIn.title'));

  async function submit(event: FormEvent) {
    event.preventDefault();
    const found: FormErrors = [];
    if (!isEmail(email)) found.push({ field: 'email', text: t('form.email') });
    if (password === '') found.push({ field: 'password', text: t('form.password') });
    setErrors(found);
    if (found.length > 0) return;
    setBusy(true);
    try {
      setSession({ account: await post<Account>('session', { email: email.trim(), password }), fresh: true });
    } catch (error) {
      setErrors([
        { text: problemWords(error, t, { 400: 'problem.credentials', 401: 'problem.credentials' }) },
      ]);
      setBusy(false);
    }
  }

  const errorOf = (field: string) => errors.find((error) => error.field === field)?.text;
  return (
    <Page municipality={meta?.municipality}>
      <div className="kp-entry">
        <h1 className="kp-entry__title">{t('signIn.title')}</h1>
        <p className="kp-entry__lead">{t('signIn.lead')}</p>
        {gone && (
          <p className="utrecht-alert utrecht-alert--info kp-entry__block" role="status">
            {t(gone === 'expired' ? 'signIn.expired' : 'signIn.signedOut')}
          </p>
        )}
        {meta?.needsSetup && (
          <p className="utrecht-alert utrecht-alert--info kp-entry__block">{t('signIn.needsSetup')}</p>
        )}
        {errors.length > 0 && <ErrorSummary title={t('form.errors')} errors={errors} />}
        <form className="kp-entry__form" onSubmit={submit} noValidate hidden={meta?.needsSetup}>
          <Field
            id="email"
            label={t('signIn.email')}
            type="email"
            autoComplete="username"
            error={errorOf('email')}
            value={email}
            onChange={setEmail}
          />
          <Field
            id="password"
            label={t('signIn.password')}
            type="password"
            autoComplete="current-password"
            error={errorOf('password')}
            value={password}
            onChange={setPassword}
          />
          <button type="submit" className="utrecht-button utrecht-button--primary-action" disabled={busy}>
            {busy ? t('signIn.busy') : t('signIn.submit')}
          </button>
        </form>
        {meta?.demo && (
          <section className="kp-demo" aria-label={t('signIn.demo')}>
            <p>{t('signIn.demo')}</p>
            <p>
              <code>{meta.demo.email}</code> <code>{meta.demo.password}</code>
            </p>
            <button
              type="button"
              className="utrecht-button utrecht-button--secondary-action"
              onClick={() => {
                setEmail(meta.demo?.email ?? '');
                setPassword(meta.demo?.password ?? '');
                setErrors([]);
              }}
            >
              {t('signIn.demo.fill')}
            </button>
          </section>
        )}
      </div>
    </Page>
  );
}
