import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account, User } from '#shared/contract/access.ts';
import { Skeleton } from '../../ui/states/Skeleton.tsx';
import { Absent } from '../absent/Absent.tsx';
import { get } from '../api/client.ts';
import { useTitle } from '../messages/words.tsx';
import { Page } from '../Page.tsx';
import { OnceShown } from './OnceShown.tsx';
import './people.css';
import { UserForm } from './UserForm.tsx';
import { UserItem } from './UserItem.tsx';
import { usePeopleWords } from './words.ts';

export const usersQuery = queryOptions({
  queryKey: ['settings', 'users'],
  queryFn: async () => (await get<{ items: User[] }>('users')).items,
});

/** What an administrator is told after doing something. */
export type Told = { words: string } | { words: string; link: string } | null;

export default function UsersPage({ account }: { account: Account }) {
  const { w } = usePeopleWords();
  const { data, error, refetch } = useQuery(usersQuery);
  const [inviting, setInviting] = useState(false);
  const [told, setTold] = useState<Told>(null);
  useTitle(w('users.title'));
  const tell = (news: Told) => {
    setTold(news);
    void refetch();
  };
  return (
    <Page account={account}>
      <div className="kp-people">
        <h1 className="kp-people__title">{w('users.title')}</h1>
        <p className="kp-people__lead">{w('users.lead')}</p>
        {told &&
          ('link' in told ? (
            <OnceShown words={told.words} secret={told.link} copy={w('users.link.copy')} />
          ) : (
            <p className="utrecht-alert utrecht-alert--info" role="status">
              {told.words}
            </p>
          ))}
        {inviting ? (
          <UserForm
            onClose={() => setInviting(false)}
            onDone={(news) => {
              setInviting(false);
              tell(news);
            }}
          />
        ) : (
          <div className="kp-people__actions">
            <button
              type="button"
              className="utrecht-button utrecht-button--primary-action"
              onClick={() => setInviting(true)}
            >
              {w('users.invite')}
            </button>
          </div>
        )}
        {error && !data && <Absent error={error} title={w('failed')} onRetry={refetch} />}
        {!data && !error && <Skeleton words={w('loading')} />}
        {data && (
          <ul className="kp-people__list">
            {data.map((user) => (
              <UserItem key={user.id} user={user} tell={tell} />
            ))}
          </ul>
        )}
      </div>
    </Page>
  );
}
