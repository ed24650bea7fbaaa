import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Passkey } from '#shared/contract/access.ts';
import { ErrorSummary } from '../../ui/form/ErrorSummary.tsx';
import { Field } from '../../ui/form/Field.tsx';
import { ApiProblem, get, post, remove } from '../api/client.ts';
import { problemWords } from '../session/check.ts';
import { usePeopleWords } from './words.ts';

type Problem = { field?: string; text: string };

/** Coming in with a fingerprint, a face or a key instead of a password: which there are, a new one, and off again. */
export function PasskeysPart() {
  const { w, t, date } = usePeopleWords();
  const { data: passkeys, refetch } = useQuery({
    queryKey: ['figures', 'passkeys'],
    queryFn: async () => (await get<{ items: Passkey[] }>('account/passkeys')).items,
    staleTime: 0,
  });
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [problems, setProblems] = useState<Problem[]>([]);
  const [done, setDone] = useState('');
  const [busy, setBusy] = useState(false);

  /** Null when the person, or the authenticator, went no further. */
  async function made(): Promise<unknown> {
    const optionsJSON = await post<never>('account/passkey-requests', { password });
    const { startRegistration } = await import('@simplewebauthn/browser');
    return startRegistration({ optionsJSON }).catch(() => null);
  }
  async function add(event: FormEvent) {
    event.preventDefault();
    const missing: Problem[] = [];
    if (name.trim() === '') missing.push({ field: 'passkey-name', text: w('account.passkeys.nameMissing') });
    if (password === '') missing.push({ field: 'passkey-password', text: t('form.password') });
    setProblems(missing);
    setDone('');
    if (missing.length > 0) return;
    setBusy(true);
    try {
      const passkey = await made();
      if (passkey === null) setProblems([{ text: w('account.passkeys.stopped') }]);
      else {
        await post('account/passkeys', { name: name.trim(), passkey });
        setDone(w('account.passkeys.added', { name: name.trim() }));
        setName('');
        setPassword('');
        await refetch();
      }
    } catch (error) {
      const wrong =
        error instanceof ApiProblem && error.errors.some(({ pointer }) => pointer === '/password');
      setProblems([
        wrong
          ? { field: 'passkey-password', text: w('account.password.wrong') }
          : { text: problemWords(error, t) },
      ]);
    }
    setBusy(false);
  }

  const errorOf = (field: string) => problems.find((one) => one.field === field)?.text;
  return (
    <section className="kp-part">
      <h2>{w('account.passkeys')}</h2>
      <p>{w('account.passkeys.about')}</p>
      {passkeys && passkeys.length > 0 && (
        <ul className="kp-people__list">
          {passkeys.map((one) => (
            <li key={one.id} className="kp-people__item">
              <div className="kp-people__name">{one.name}</div>
              <div className="kp-people__soft">
                {one.lastUsedAt
                  ? w('account.passkeys.used', { date: date(Date.parse(one.lastUsedAt)) })
                  : w('account.passkeys.unused')}
              </div>
              <div className="kp-people__actions">
                <button
                  type="button"
                  className="kp-quiet"
                  aria-label={w('account.passkeys.removeOne', { name: one.name })}
                  onClick={() =>
                    remove(`account/passkeys/${encodeURIComponent(one.id)}`).then(
                      () => refetch(),
                      () => refetch(),
                    )
                  }
                >
                  {w('account.passkeys.remove')}
                </button>
              </div>
            </li>
          ))}
        </ul>
      )}
      {problems.length > 0 && <ErrorSummary title={t('form.errors')} errors={problems} />}
      <p role="status">{done}</p>
      <form onSubmit={add} noValidate>
        <Field
          id="passkey-name"
          label={w('account.passkeys.name')}
          description={w('account.passkeys.name.about')}
          type="text"
          autoComplete="off"
          error={errorOf('passkey-name')}
          value={name}
          onChange={setName}
        />
        <Field
          id="passkey-password"
          label={w('account.factor.proof')}
          type="password"
          autoComplete="current-password"
          error={errorOf('passkey-password')}
          value={password}
          onChange={setPassword}
        />
        <button type="submit" className="utrecht-button utrecht-button--secondary-action" disabled={busy}>
          {w('account.passkeys.add')}
        </button>
      </form>
    </section>
  );
}
