import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { shortestPassword } from '#shared/contract/lists.ts';
import { ErrorSummary } from '../../ui/form/ErrorSummary.tsx';
import { Field } from '../../ui/form/Field.tsx';
import { Notice } from '../../ui/states/Notice.tsx';
import { Skeleton } from '../../ui/states/Skeleton.tsx';
import { ApiProblem, post } from '../api/client.ts';
import { metaQuery } from '../api/queries.ts';
import { useTitle } from '../messages/words.tsx';
import { Page } from '../Page.tsx';
import { type FormErrors, problemWords } from '../session/check.ts';
import { usePasswordErrors } from './PasswordPart.tsx';
import { usePeopleWords } from './words.ts';

/** Where a one-time link leads: choose a password. What stands behind the # never leaves the browser but in the body. */
export default function LinkPage() {
  const { w, t } = usePeopleWords();
  const errorsOf = usePasswordErrors();
  const { data: meta } = useQuery(metaQuery);
  const [token] = useState(() => location.hash.slice(1));
  const { data, error } = useQuery({
    queryKey: ['link', token],
    queryFn: () => post<{ name: string; email: string }>('link-openings', { token: token || '-' }),
    retry: false,
  });
  const [password, setPassword] = useState('');
  const [errors, setErrors] = useState<FormErrors>([]);
  const [state, setState] = useState<'open' | 'done' | 'gone'>('open');
  useTitle(w('link.title'));

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (password.length < shortestPassword)
      return setErrors([{ field: 'password', text: w('account.password.short') }]);
    try {
      await post('passwords', { token, password });
      setState('done');
    } catch (problem) {
      if (problem instanceof ApiProblem && problem.status === 404) setState('gone');
      else setErrors(errorsOf(problem, 'password'));
    }
  }

  const gone = state === 'gone' || (error instanceof ApiProblem && [400, 404].includes(error.status));
  return (
    <Page municipality={meta?.municipality}>
      <div className="kp-entry">
        {gone ? (
          <Notice heading="h1" title={w('link.gone')}>
            {w('link.gone.about')}
          </Notice>
        ) : error ? (
          <Notice heading="h1" tone="error" title={w('failed')}>
            {problemWords(error, t)}
          </Notice>
        ) : state === 'done' ? (
          <Notice heading="h1" title={w('link.done')} action={<Link to="/">{w('link.signIn')}</Link>} />
        ) : data ? (
          <>
            <h1 className="kp-entry__title">{w('link.title')}</h1>
            <p className="kp-entry__lead">{w('link.lead', data)}</p>
            {errors.length > 0 && <ErrorSummary title={t('form.errors')} errors={errors} />}
            <form className="kp-entry__form" onSubmit={submit} noValidate>
              <Field
                id="password"
                label={w('account.password.new')}
                description={w('account.password.about')}
                type="password"
                autoComplete="new-password"
                error={errors.find(({ field }) => field === 'password')?.text}
                value={password}
                onChange={setPassword}
              />
              <button type="submit" className="utrecht-button utrecht-button--primary-action">
                {w('link.submit')}
              </button>
            </form>
          </>
        ) : (
          <Skeleton words={w('loading')} />
        )}
      </div>
    </Page>
  );
}
