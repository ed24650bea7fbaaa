import { type FormEvent, useState } from 'react';
import { Field } from '../../ui/form/Field.tsx';
import { post } from '../api/client.ts';
import { useWords } from '../messages/words.tsx';
import { isEmail, problemWords } from './check.ts';
import { useSessionWords } from './words.ts';

/** Asks for a link by mail; what it says is the same for every address. */
export function Forgotten() {
  const { t } = useWords();
  const { w } = useSessionWords();
  const [email, setEmail] = useState('');
  const [error, setError] = useState<string | undefined>();
  const [sent, setSent] = useState(false);
  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!isEmail(email)) return setError(t('form.email'));
    try {
      await post('password-resets', { email: email.trim() });
      setError(undefined);
      setSent(true);
    } catch (problem) {
      setError(problemWords(problem, t));
    }
  }
  return (
    <details className="kp-entry__more">
      <summary>{w('forgot')}</summary>
      {sent ? (
        <p role="status">{w('forgot.sent')}</p>
      ) : (
        <form className="kp-entry__form" onSubmit={submit} noValidate>
          <Field
            id="forgotten"
            label={t('signIn.email')}
            description={w('forgot.about')}
            type="email"
            autoComplete="username"
            error={error}
            value={email}
            onChange={setEmail}
          />
          <button type="submit" className="utrecht-button utrecht-button--secondary-action">
            {w('forgot.send')}
          </button>
        </form>
      )}
    </details>
  );
}
