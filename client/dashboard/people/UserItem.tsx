import { useState } from 'react';
import type { SentLink, User } from '#shared/contract/access.ts';
import { ApiProblem, patch, post, remove } from '../api/client.ts';
import { problemWords } from '../session/check.ts';
import { UserForm } from './UserForm.tsx';
import type { Told } from './UsersPage.tsx';
import { usePeopleWords } from './words.ts';

export function UserItem({ user, tell }: { user: User; tell: (told: Told) => void }) {
  const { w, t, date } = usePeopleWords();
  const [editing, setEditing] = useState(false);
  const { id, name, email, role, reach, status, secondFactor, signOn } = user;
  const act = (work: () => Promise<Told>) => async () => {
    try {
      tell(await work());
    } catch (error) {
      const last = error instanceof ApiProblem && error.status === 409;
      tell({ words: last ? w('users.last') : problemWords(error, t) });
    }
  };
  const resend = act(async () => {
    const { link } = await post<SentLink>(`users/${id}/links`, {});
    return link === null
      ? { words: w('users.mailed', { email }) }
      : { words: w('users.link', { name }), link };
  });
  const change = (disabled: boolean) =>
    act(async () => {
      await patch(`users/${id}`, { disabled });
      return { words: w('saved') };
    });
  const take = (path: string, words: string) =>
    act(async () => {
      await remove(path);
      return { words };
    });
  const quiet = (text: string, onClick: () => void) => (
    <button type="button" className="kp-quiet" onClick={onClick}>
      {text}
    </button>
  );
  if (editing)
    return (
      <li className="kp-people__edit">
        <UserForm
          user={user}
          onClose={() => setEditing(false)}
          onDone={(told) => {
            setEditing(false);
            tell(told);
          }}
        />
      </li>
    );
  const limits = [...(reach?.channels ?? []), ...(reach?.locations ?? [])];
  const more = [secondFactor && w('users.factor'), signOn && w('users.signOn')].filter(Boolean);
  return (
    <li className={`kp-people__item${status === 'disabled' ? ' kp-people__item--off' : ''}`}>
      <div>
        <div className="kp-people__name">{name}</div>
        <div className="kp-people__soft">{email}</div>
      </div>
      <div>
        <div>{w(`role.${role}`)}</div>
        {limits.length > 0 && (
          <div className="kp-people__soft">
            {w('reach')}: {limits.join(', ')}
          </div>
        )}
      </div>
      <div>
        <div>{w(`users.status.${status}`)}</div>
        <div className="kp-people__soft">
          {w('users.seen')}: {user.lastSeenAt ? date(Date.parse(user.lastSeenAt)) : w('users.never')}
          {more.length > 0 && ` · ${more.join(' · ')}`}
        </div>
      </div>
      <div className="kp-people__actions">
        {quiet(w('users.edit'), () => setEditing(true))}
        {status !== 'disabled' && quiet(w('users.resend'), resend)}
        {user.sessions > 0 &&
          quiet(w('users.signOut'), take(`users/${id}/sessions`, w('users.signedOut', { name })))}
        {secondFactor && quiet(w('users.removeFactor'), take(`users/${id}/second-factor`, w('saved')))}
        {quiet(w(status === 'disabled' ? 'users.enable' : 'users.disable'), change(status !== 'disabled'))}
        {status === 'disabled' &&
          quiet(w('users.delete'), () => {
            if (confirm(w('users.delete.sure', { name }))) void take(`users/${id}`, w('saved'))();
          })}
      </div>
    </li>
  );
}
