import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { Account } from '#shared/contract/access.ts';
import { ErrorSummary } from '../../ui/form/ErrorSummary.tsx';
import { Field, type FieldProps } from '../../ui/form/Field.tsx';
import { Notice } from '../../ui/states/Notice.tsx';
import { ApiProblem, post } from '../api/client.ts';
import { metaQuery, setSession } from '../api/queries.ts';
import type { MessageKey } from '../messages/messages.ts';
import { useTitle, useWords } from '../messages/words.tsx';
import { Page } from '../Page.tsx';
import { type FormErrors, isEmail, problemWords } from './check.ts';

const shortest = 12;
const nothing = { name: '', email: '', password: '', again: '' };
type Name = keyof typeof nothing;
/** Our words for a field that the server refuses. */
const refused: Record<string, MessageKey> = {
  name: 'form.name',
  email: 'form.email',
  password: 'form.short',
};

/** The first administrator, by the one-time link that the server showed. The token stays behind the #, out of logs. */
export default function SetupPage() {
  const { t } = useWords();
  const { hash } = useLocation();
  const [token] = useState(hash);
  const navigate = useNavigate();
  const { data: meta } = useQuery(metaQuery);
  const [values, setValues] = useState(nothing);
  const [errors, setErrors] = useState<FormErrors>([]);
  const [stage, setStage] = useState<'open' | 'busy' | 'used'>('open');
  useTitle(t('setup.title'));

  function check(): FormErrors {
    const found: FormErrors = [];
    if (values.name.trim() === '') found.push({ field: 'name', text: t('form.name') });
    if (!isEmail(values.email)) found.push({ field: 'email', text: t('form.email') });
    if (values.password.length < shortest)
      found.push({ field: 'password', text: t('form.short', { n: shortest }) });
    else if (values.password !== values.again) found.push({ field: 'again', text: t('form.different') });
    return found;
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    const found = check();
    setErrors(found);
    if (found.length > 0) return;
    setStage('busy');
    const { name, email, password } = values;
    try {
      setSession({
        account: await post<Account>('setup', { token, name: name.trim(), email: email.trim(), password }),
        fresh: true,
      });
      await navigate({ to: '/' });
    } catch (error) {
      setStage(error instanceof ApiProblem && error.status === 404 ? 'used' : 'open');
      const fields = error instanceof ApiProblem ? error.errors : [];
      setErrors(
        fields.length > 0
          ? fields.map(({ pointer, detail }) => {
              const field = pointer.slice(1);
              const key = refused[field];
              return { field, text: key ? t(key, { n: shortest }) : detail };
            })
          : [{ text: problemWords(error, t) }],
      );
    }
  }

  const field = (name: Name, more: Pick<FieldProps, 'label' | 'type' | 'autoComplete' | 'description'>) => (
    <Field
      id={name}
      error={errors.find((error) => error.field === name)?.text}
      value={values[name]}
      onChange={(value) => setValues({ ...values, [name]: value })}
      {...more}
    />
  );

  return (
    <Page municipality={meta?.municipality}>
      {stage === 'used' || token === '' ? (
        <Notice heading="h1" title={t('setup.used.title')} action={<Link to="/">{t('signIn.title')}</Link>}>
          {t('setup.used.words')}
        </Notice>
      ) : (
        <div className="kp-entry">
          <h1 className="kp-entry__title">{t('setup.title')}</h1>
          <p className="kp-entry__lead">{t('setup.lead', { municipality: meta?.municipality ?? '…' })}</p>
          {errors.length > 0 && <ErrorSummary title={t('form.errors')} errors={errors} />}
          <form className="kp-entry__form" onSubmit={submit} noValidate>
            {field('name', { label: t('setup.name'), type: 'text', autoComplete: 'name' })}
            {field('email', { label: t('signIn.email'), type: 'email', autoComplete: 'username' })}
            {field('password', {
              label: t('setup.password'),
              type: 'password',
              autoComplete: 'new-password',
              description: t('setup.password.rule', { n: shortest }),
            })}
            {field('again', { label: t('setup.again'), type: 'password', autoComplete: 'new-password' })}
            <button
              type="submit"
              className="utrecht-button utrecht-button--primary-action"
              disabled={stage === 'busy'}
            >
              {stage === 'busy' ? t('setup.busy') : t('setup.submit')}
            </button>
          </form>
        </div>
      )}
    </Page>
  );
}
