import { type FormEvent, useState } from 'react';
import type { SecondFactor } from '#shared/contract/access.ts';
import { ErrorSummary } from '../../ui/form/ErrorSummary.tsx';
import { Field } from '../../ui/form/Field.tsx';
import { ApiProblem, post, put } from '../api/client.ts';
import { problemWords } from '../session/check.ts';
import { usePeopleWords } from './words.ts';

function Codes({ codes }: { codes: readonly string[] }) {
  const { w } = usePeopleWords();
  return (
    <div className="kp-once" role="status">
      <p>{w('account.factor.keep')}</p>
      <ul className="kp-part__codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
    </div>
  );
}

/** A code of an app at every sign-in: set up, new recovery codes, and off again. */
export function SecondFactorPart({ active, onChange }: { active: boolean; onChange: () => void }) {
  const { w, t } = usePeopleWords();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [setup, setSetup] = useState<SecondFactor | null>(null);
  const [codes, setCodes] = useState<readonly string[]>([]);
  const [error, setError] = useState<{ field: string; text: string } | null>(null);

  const tryTo = async (field: string, wrong: string, work: () => Promise<void>) => {
    setError(null);
    try {
      await work();
    } catch (problem) {
      const known = problem instanceof ApiProblem && problem.status === 400;
      setError({ field, text: known ? wrong : problemWords(problem, t) });
    }
  };
  const prove = (work: () => Promise<void>) =>
    tryTo('factor-password', w('account.password.wrong'), async () => {
      await work();
      setPassword('');
    });
  const begin = () =>
    prove(async () => setSetup(await post<SecondFactor>('account/second-factor', { password })));
  const renew = () =>
    prove(async () => {
      const made = await post<{ recoveryCodes: string[] }>('account/recovery-codes', { password });
      setCodes(made.recoveryCodes);
    });
  const stop = () =>
    prove(async () => {
      await put('account/second-factor', { active: false, password });
      setCodes([]);
      onChange();
    });
  const confirm = (event: FormEvent) => {
    event.preventDefault();
    void tryTo('factor-code', w('account.factor.wrong'), async () => {
      await put('account/second-factor', { active: true, code });
      setCodes(setup?.recoveryCodes ?? []);
      setSetup(null);
      setCode('');
      onChange();
    });
  };

  return (
    <section className="kp-part">
      <h2>{w('account.factor')}</h2>
      <p>{w(active ? 'account.factor.on' : 'account.factor.off')}</p>
      {error && <ErrorSummary title={t('form.errors')} errors={[error]} />}
      {codes.length > 0 && <Codes codes={codes} />}
      {setup ? (
        <form onSubmit={confirm} noValidate>
          <p>{w('account.factor.scan')}</p>
          <img className="kp-part__qr" src={setup.qr} alt="" />
          <p>
            {w('account.factor.secret')}: <code className="kp-once__secret">{setup.secret}</code>
          </p>
          <Field
            id="factor-code"
            label={w('account.factor.code')}
            type="text"
            autoComplete="one-time-code"
            error={error?.field === 'factor-code' ? error.text : undefined}
            value={code}
            onChange={setCode}
          />
          <button type="submit" className="utrecht-button utrecht-button--primary-action">
            {w('account.factor.confirm')}
          </button>
        </form>
      ) : (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void (active ? renew() : begin());
          }}
        >
          <Field
            id="factor-password"
            label={w('account.factor.proof')}
            type="password"
            autoComplete="current-password"
            error={error?.field === 'factor-password' ? error.text : undefined}
            value={password}
            onChange={setPassword}
          />
          <div className="kp-people__actions">
            <button type="submit" className="utrecht-button utrecht-button--secondary-action">
              {w(active ? 'account.factor.codes' : 'account.factor.begin')}
            </button>
            {active && (
              <button type="button" className="kp-quiet" onClick={stop}>
                {w('account.factor.stop')}
              </button>
            )}
          </div>
        </form>
      )}
    </section>
  );
}
