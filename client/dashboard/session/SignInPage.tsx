import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Account } from '#shared/contract/access.ts';
import { ErrorSummary } from '../../ui/form/ErrorSummary.tsx';
import { Field } from '../../ui/form/Field.tsx';
import { ApiProblem, post } from '../api/client.ts';
import { metaQuery, setSession } from '../api/queries.ts';
import { useTitle, useWords } from '../messages/words.tsx';
import { Page } from '../Page.tsx';
import { type FormErrors, isEmail, problemWords } from './check.ts';
import { Forgotten } from './Forgotten.tsx';
import { PasskeyButton } from './PasskeyButton.tsx';
import { useSessionWords } from './words.ts';

/** Why the identity provider's word was not enough; it stands in the address that the server sent the browser to. */
const refusals = ['no-role', 'no-email', 'disabled', 'failed'] as const;

export function SignInPage({ gone }: { gone?: 'expired' | 'signed-out' | undefined }) {
  const { t } = useWords();
  const { data: meta } = useQuery(metaQuery);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  /** Asked once the server says that this account has a second factor; null until then. */
  const [code, setCode] = useState<string | null>(null);
  const refusal = refusals.find((one) => one === new URLSearchParams(location.search).get('aanmelden'));
  const { w } = useSessionWords();
  const [errors, setErrors] = useState<FormErrors>([]);
  const [busy, setBusy] = useState(false);
  useTitle(t('signIn.title'));

  async function submit(event: FormEvent) {
    event.preventDefault();
    const found: FormErrors = [];
    if (!isEmail(email)) found.push({ field: 'email', text: t('form.email') });
    if (password === '') found.push({ field: 'password', text: t('form.password') });
    if (code?.trim() === '') found.push({ field: 'code', text: w('code.needed') });
    setErrors(found);
    if (found.length > 0) return;
    setBusy(true);
    try {
      const given = { email: email.trim(), password, ...(code ? { code: code.trim() } : {}) };
      setSession({ account: await post<Account>('session', given), fresh: true });
    } catch (error) {
      const about = error instanceof ApiProblem && error.errors.find(({ pointer }) => pointer === '/code');
      if (about) {
        setErrors([{ field: 'code', text: w(code ? 'code.wrong' : 'code.needed') }]);
        setCode(code ?? '');
        setBusy(false);
        return;
      }
      if (code !== null && error instanceof ApiProblem && error.status === 429) {
        setErrors([{ field: 'code', text: w('code.locked') }]);
        setBusy(false);
        return;
      }
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
        {refusal && (
          <p className="utrecht-alert utrecht-alert--error kp-entry__block" role="alert">
            {w(`refused.${refusal}`)}
          </p>
        )}
        {meta?.signOn && (
          <p className="kp-entry__on">
            <a className="utrecht-button utrecht-button--primary-action" href="/api/v1/sign-on">
              {w('on')}
            </a>
            <span>{w('or')}</span>
          </p>
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
          {code !== null && (
            <Field
              id="code"
              label={w('code')}
              type="text"
              autoComplete="one-time-code"
              error={errorOf('code')}
              value={code}
              onChange={setCode}
            />
          )}
          <button type="submit" className="utrecht-button utrecht-button--primary-action" disabled={busy}>
            {busy ? t('signIn.busy') : t('signIn.submit')}
          </button>
        </form>
        {meta && !meta.needsSetup && !meta.demo && <PasskeyButton onErrors={setErrors} />}
        {meta && !meta.needsSetup && !meta.demo && <Forgotten />}
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
