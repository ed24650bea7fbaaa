import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Account, Reach, Role, Token } from '#shared/contract/access.ts';
import { roles } from '#shared/contract/permissions.ts';
import { ErrorSummary } from '../../ui/form/ErrorSummary.tsx';
import { Field } from '../../ui/form/Field.tsx';
import { Skeleton } from '../../ui/states/Skeleton.tsx';
import { Absent } from '../absent/Absent.tsx';
import { get, post, remove } from '../api/client.ts';
import { useTitle } from '../messages/words.tsx';
import { Page } from '../Page.tsx';
import { problemWords } from '../session/check.ts';
import { Chooser } from './Chooser.tsx';
import { OnceShown } from './OnceShown.tsx';
import './people.css';
import { ReachFields } from './ReachFields.tsx';
import { canBeLimited } from './UserForm.tsx';
import { usePeopleWords } from './words.ts';

const lengths = ['30', '90', '365', ''] as const;

function TokenForm({ onDone, onClose }: { onDone: (secret: string) => void; onClose: () => void }) {
  const { w, t } = usePeopleWords();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [days, setDays] = useState<(typeof lengths)[number]>('365');
  const [reach, setReach] = useState<Reach | null>(null);
  const [error, setError] = useState<string | null>(null);
  async function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim() === '') return setError(w('tokens.nameMissing'));
    try {
      const { token } = await post<{ token: string }>('tokens', {
        ...{ name, role, days: days === '' ? null : Number(days) },
        reach: canBeLimited(role) ? reach : null,
      });
      onDone(token);
    } catch (problem) {
      setError(problemWords(problem, t));
    }
  }
  return (
    <form className="kp-people__form" onSubmit={submit} noValidate>
      <h2>{w('tokens.new')}</h2>
      {error && <ErrorSummary title={t('form.errors')} errors={[{ field: 'token-name', text: error }]} />}
      <Field
        id="token-name"
        label={w('tokens.name')}
        type="text"
        autoComplete="off"
        value={name}
        onChange={setName}
      />
      <Chooser
        id="token-role"
        label={w('role')}
        value={role}
        options={roles.map((one) => ({ value: one, text: `${w(`role.${one}`)}: ${w(`role.${one}.about`)}` }))}
        onChange={setRole}
      />
      <Chooser
        id="token-days"
        label={w('tokens.days')}
        value={days}
        options={lengths.map((n) => ({
          value: n,
          text: n === '' ? w('tokens.days.forever') : w('tokens.days.some', { n }),
        }))}
        onChange={setDays}
      />
      {canBeLimited(role) && (
        <details>
          <summary>
            {w('reach')}:{' '}
            {reach ? [...(reach.channels ?? []), ...(reach.locations ?? [])].join(', ') : w('reach.all')}
          </summary>
          <ReachFields reach={reach} onChange={setReach} />
        </details>
      )}
      <div className="kp-people__actions">
        <button type="submit" className="utrecht-button utrecht-button--primary-action">
          {w('tokens.new')}
        </button>
        <button type="button" className="kp-quiet" onClick={onClose}>
          {w('cancel')}
        </button>
      </div>
    </form>
  );
}

export default function TokensPage({ account }: { account: Account }) {
  const { w, t, date } = usePeopleWords();
  const { data, error, refetch } = useQuery({
    queryKey: ['settings', 'tokens'],
    queryFn: async () => (await get<{ items: Token[] }>('tokens')).items,
  });
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  useTitle(w('tokens.title'));
  const day = (at: string) => date(Date.parse(at));
  const ended = ({ revokedAt, expiresAt }: Token): string | null => {
    if (revokedAt) return w('tokens.revoked', { date: day(revokedAt) });
    return expiresAt && Date.parse(expiresAt) < Date.now()
      ? w('tokens.expired', { date: day(expiresAt) })
      : null;
  };
  async function revoke({ id, name }: Token) {
    if (!confirm(w('tokens.revoke.sure', { name }))) return;
    setFailed(
      await remove(`tokens/${id}`).then(
        () => null,
        (problem) => problemWords(problem, t),
      ),
    );
    void refetch();
  }
  return (
    <Page account={account}>
      <div className="kp-people">
        <h1 className="kp-people__title">{w('tokens.title')}</h1>
        <p className="kp-people__lead">{w('tokens.lead')}</p>
        {made && <OnceShown words={w('tokens.made')} secret={made} copy={w('tokens.copy')} />}
        {failed && (
          <p className="utrecht-alert utrecht-alert--error" role="alert">
            {failed}
          </p>
        )}
        {making ? (
          <TokenForm
            onClose={() => setMaking(false)}
            onDone={(secret) => {
              setMaking(false);
              setMade(secret);
              void refetch();
            }}
          />
        ) : (
          <div className="kp-people__actions">
            <button
              type="button"
              className="utrecht-button utrecht-button--primary-action"
              onClick={() => setMaking(true)}
            >
              {w('tokens.new')}
            </button>
          </div>
        )}
        {error && !data && <Absent error={error} title={w('failed')} onRetry={refetch} />}
        {!data && !error && <Skeleton words={w('loading')} />}
        {data?.length === 0 && <p className="kp-people__lead">{w('tokens.none')}</p>}
        {data && data.length > 0 && (
          <ul className="kp-people__list">
            {data.map((token) => (
              <li key={token.id} className={`kp-people__item${ended(token) ? ' kp-people__item--off' : ''}`}>
                <div className="kp-people__name">{token.name}</div>
                <div>
                  <div>{w(`role.${token.role}`)}</div>
                  <div className="kp-people__soft">
                    {[token.scope, ...(token.reach?.channels ?? []), ...(token.reach?.locations ?? [])]
                      .filter(Boolean)
                      .join(', ')}
                  </div>
                </div>
                <div>
                  <div>
                    {ended(token) ??
                      `${w('tokens.until')}: ${token.expiresAt ? day(token.expiresAt) : w('tokens.always')}`}
                  </div>
                  <div className="kp-people__soft">
                    {w('tokens.created')}: {day(token.createdAt)}
                  </div>
                </div>
                <div className="kp-people__actions">
                  {!ended(token) && (
                    <button type="button" className="kp-quiet" onClick={() => revoke(token)}>
                      {w('tokens.revoke')}
                    </button>
                  )}
                </div>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Page>
  );
}
