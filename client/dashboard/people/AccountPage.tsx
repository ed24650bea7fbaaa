import { useQuery } from '@tanstack/react-query';
import type { Account, StaffSession } from '#shared/contract/access.ts';
import { may } from '#shared/contract/permissions.ts';
import { Skeleton } from '../../ui/states/Skeleton.tsx';
import { Absent } from '../absent/Absent.tsx';
import { get, remove } from '../api/client.ts';
import { useTitle } from '../messages/words.tsx';
import { Page } from '../Page.tsx';
import { MailPart } from './MailPart.tsx';
import { PasskeysPart } from './PasskeysPart.tsx';
import { PasswordPart } from './PasswordPart.tsx';
import './people.css';
import { SecondFactorPart } from './SecondFactorPart.tsx';
import { usePeopleWords } from './words.ts';

/** "Firefox, Windows": as much as somebody needs to recognise it. */
function deviceOf(browser: string | null): string | null {
  if (!browser) return null;
  const names = { Edg: 'Edge', Firefox: 'Firefox', Chrome: 'Chrome', Safari: 'Safari' };
  const systems = ['Windows', 'Android', 'iPhone', 'iPad', 'Mac OS X', 'Linux'];
  const name = Object.entries(names).find(([sign]) => browser.includes(`${sign}/`))?.[1];
  const system = systems.find((sign) => browser.includes(sign))?.replace('Mac OS X', 'macOS');
  return [name, system].filter(Boolean).join(', ') || null;
}

function SessionsPart() {
  const { w, date, time } = usePeopleWords();
  const { data, error, refetch } = useQuery({
    queryKey: ['figures', 'own-sessions'],
    queryFn: async () => (await get<{ items: StaffSession[] }>('account/sessions')).items,
    staleTime: 0,
  });
  return (
    <section className="kp-part">
      <h2>{w('account.sessions')}</h2>
      {error && !data && <Absent error={error} title={w('failed')} onRetry={refetch} />}
      {!data && !error && <Skeleton words={w('loading')} />}
      {data && (
        <ul className="kp-people__list">
          {data.map(({ id, browser, lastSeenAt, current }) => (
            <li key={id} className="kp-people__item">
              <div className="kp-people__name">{deviceOf(browser) ?? w('account.sessions.unknown')}</div>
              <div className="kp-people__soft">
                {w('account.sessions.seen', {
                  time: `${date(Date.parse(lastSeenAt))} ${time(Date.parse(lastSeenAt))}`,
                })}
              </div>
              <div>{current && w('account.sessions.this')}</div>
              <div className="kp-people__actions">
                {!current && (
                  <button
                    type="button"
                    className="kp-quiet"
                    onClick={() => remove(`account/sessions/${id}`).finally(() => refetch())}
                  >
                    {w('account.sessions.end')}
                  </button>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

export default function AccountPage({ account }: { account: Account }) {
  const { w } = usePeopleWords();
  const { data, error, refetch } = useQuery({
    queryKey: ['figures', 'second-factor'],
    queryFn: () => get<{ active: boolean; hasPassword: boolean }>('account/second-factor'),
    staleTime: 0,
  });
  useTitle(w('account.title'));
  return (
    <Page account={account}>
      <div className="kp-people">
        <h1 className="kp-people__title">{w('account.title')}</h1>
        <p className="kp-people__lead">
          {w('account.lead', { name: account.name, role: w(`role.${account.role}`) })}
        </p>
        {error && !data && <Absent error={error} title={w('failed')} onRetry={refetch} />}
        {data?.hasPassword && <PasswordPart />}
        {data?.hasPassword && <SecondFactorPart active={data.active} onChange={refetch} />}
        {data?.hasPassword && 'PublicKeyCredential' in window && <PasskeysPart />}
        {data && !data.hasPassword && <p className="kp-people__lead">{w('account.password.none')}</p>}
        {may(account.role, 'figures') && <MailPart />}
        <SessionsPart />
      </div>
    </Page>
  );
}
