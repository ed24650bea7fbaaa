import { type FormEvent, useState } from 'react';
import { shortestPassword } from '#shared/contract/lists.ts';
import { ErrorSummary } from '../../ui/form/ErrorSummary.tsx';
import { Field } from '../../ui/form/Field.tsx';
import { ApiProblem, put } from '../api/client.ts';
import { type FormErrors, problemWords } from '../session/check.ts';
import { usePeopleWords } from './words.ts';

/** What is wrong with a password, by what the server says of it. */
export function usePasswordErrors() {
  const { w, t } = usePeopleWords();
  return (error: unknown, field: string): FormErrors => {
    const codes = error instanceof ApiProblem ? error.errors : [];
    const about = codes.find(({ pointer }) => pointer === '/password');
    if (about?.code === 'too-common') return [{ field, text: w('account.password.common') }];
    if (about) return [{ field, text: w('account.password.short') }];
    return [{ text: problemWords(error, t) }];
  };
}

export function PasswordPart() {
  const { w, t } = usePeopleWords();
  const errorsOf = usePasswordErrors();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [errors, setErrors] = useState<FormErrors>([]);
  const [changed, setChanged] = useState(false);
  async function submit(event: FormEvent) {
    event.preventDefault();
    setChanged(false);
    if (password.length < shortestPassword)
      return setErrors([{ field: 'new-password', text: w('account.password.short') }]);
    try {
      await put('account/password', { current, password });
      setErrors([]);
      setCurrent('');
      setPassword('');
      setChanged(true);
    } catch (error) {
      const wrong = error instanceof ApiProblem && error.errors.some(({ pointer }) => pointer === '/current');
      setErrors(
        wrong
          ? [{ field: 'current-password', text: w('account.password.wrong') }]
          : errorsOf(error, 'new-password'),
      );
    }
  }
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.text;
  return (
    <section className="kp-part">
      <h2>{w('account.password')}</h2>
      {changed && (
        <p className="utrecht-alert utrecht-alert--info" role="status">
          {w('account.password.changed')}
        </p>
      )}
      {errors.length > 0 && <ErrorSummary title={t('form.errors')} errors={errors} />}
      <form onSubmit={submit} noValidate>
        <Field
          id="current-password"
          label={w('account.password.current')}
          type="password"
          autoComplete="current-password"
          error={errorOf('current-password')}
          value={current}
          onChange={setCurrent}
        />
        <Field
          id="new-password"
          label={w('account.password.new')}
          description={w('account.password.about')}
          type="password"
          autoComplete="new-password"
          error={errorOf('new-password')}
          value={password}
          onChange={setPassword}
        />
        <button type="submit" className="utrecht-button utrecht-button--primary-action">
          {w('save')}
        </button>
      </form>
    </section>
  );
}
