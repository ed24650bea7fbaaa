import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { ErasureFound } from '#shared/contract/privacy.ts';
import { get, remove } from '../api/client.ts';
import { usePrivacyWords } from './words.ts';

/** Finds a text by its words and day, and erases it. */
export function Erasure() {
  const { w, formats } = usePrivacyWords();
  const [asked, setAsked] = useState({ text: '', from: '', to: '' });
  const [done, setDone] = useState('');
  /** Which text is about to go. */
  const [sure, setSure] = useState<string | null>(null);
  const search = useMutation({
    mutationFn: async () => {
      const query = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ''));
      return (await get<{ items: ErasureFound[] }>('privacy/comments', query)).items;
    },
  });
  const erase = useMutation({
    mutationFn: (reference: string) => remove(`privacy/comments/${reference}`),
    onSuccess: () => {
      setDone(w('erase.done'));
      search.mutate();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setDone('');
    search.mutate();
  };
  return (
    <>
      <form className="kp-privacy__fields" onSubmit={submit}>
        {(['text', 'from', 'to'] as const).map((name) => (
          <div key={name} className="utrecht-form-field">
            <label className="utrecht-form-label" htmlFor={`erase-${name}`}>
              {w(`erase.${name}`)}
            </label>
            <input
              id={`erase-${name}`}
              type={name === 'text' ? 'text' : 'date'}
              autoComplete="off"
              className="utrecht-textbox utrecht-textbox--html-input"
              value={asked[name]}
              onChange={({ target }) => setAsked({ ...asked, [name]: target.value })}
            />
          </div>
        ))}
        <p className="kp-privacy__buttons">
          <button type="submit" className="utrecht-button utrecht-button--primary-action">
            {w('erase.search')}
          </button>
        </p>
      </form>
      <p className="kp-privacy__done" role="status">
        {done}
      </p>
      {(search.isError || erase.isError) && (
        <p className="kp-privacy__wrong" role="alert">
          {w('failed')}
        </p>
      )}
      {search.data && (
        <p className="kp-privacy__note">
          {search.data.length === 0
            ? w('erase.none')
            : w('erase.found', { n: formats.whole(search.data.length) })}
        </p>
      )}
      <ul className="kp-privacy__found">
        {search.data?.map(({ reference, at, touchpoint, grade, comment }) => (
          <li key={reference}>
            <p className="kp-privacy__about">
              {formats.date(at)} · {touchpoint}
              {grade !== null && ` · ${w('grade', { grade: String(grade) })}`}
            </p>
            <p>{comment}</p>
            {sure === reference ? (
              <p className="kp-privacy__buttons" role="alert">
                {w('erase.sure')}{' '}
                <button
                  type="button"
                  className="utrecht-button utrecht-button--primary-action"
                  disabled={erase.isPending}
                  onClick={() => erase.mutate(reference)}
                >
                  {w('erase.yes')}
                </button>{' '}
                <button
                  type="button"
                  className="utrecht-button utrecht-button--secondary-action"
                  onClick={() => setSure(null)}
                >
                  {w('erase.no')}
                </button>
              </p>
            ) : (
              <button
                type="button"
                className="utrecht-button utrecht-button--secondary-action"
                onClick={() => setSure(reference)}
              >
                {w('erase.erase')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
