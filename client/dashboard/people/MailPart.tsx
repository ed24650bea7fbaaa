import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { letterLanguages, mailKinds } from '#shared/contract/lists.ts';
import type {
  Letter,
  LetterLanguage,
  MailKind,
  MailWishes,
  MailWishesAnswer,
} from '#shared/contract/mail-wishes.ts';
import { Absent } from '../absent/Absent.tsx';
import { get, put } from '../api/client.ts';
import { queryClient } from '../api/queries.ts';
import { Chooser } from './Chooser.tsx';
import { usePeopleWords } from './words.ts';

const key = ['figures', 'mail-wishes'];
const namesOf: Record<LetterLanguage, string> = { nl: 'Nederlands', en: 'English' };

function Preview({ language }: { language: LetterLanguage }) {
  const { w } = usePeopleWords();
  const { data, error, refetch } = useQuery({
    queryKey: ['figures', 'digest', language],
    queryFn: () => get<Letter>('account/digest', { language }),
    staleTime: 0,
  });
  if (error && !data) return <Absent error={error} title={w('failed')} onRetry={refetch} />;
  return data ? (
    <article className="kp-letter" lang={language}>
      <p className="kp-letter__subject">{data.subject}</p>
      <pre className="kp-letter__text">{data.text}</pre>
    </article>
  ) : null;
}

/** What somebody gets by e-mail, kept as soon as it is chosen, and what that looks like. */
export function MailPart() {
  const { w } = usePeopleWords();
  const [shown, setShown] = useState(false);
  const { data } = useQuery({
    queryKey: key,
    queryFn: () => get<MailWishesAnswer>('account/mail-wishes'),
    staleTime: 0,
  });
  const [language, setLanguage] = useState<LetterLanguage | null>(null);
  const save = useMutation({
    mutationFn: (wishes: MailWishes) => put<MailWishesAnswer>('account/mail-wishes', wishes),
    onSuccess: (now) => queryClient.setQueryData(key, now),
  });
  if (!data) return null;
  const { kinds, possible } = data;
  const chosen = language ?? data.language;
  const toggle = (kind: MailKind, on: boolean) =>
    save.mutate({
      kinds: mailKinds.filter((one) => (one === kind ? on : kinds.includes(one))),
      language: chosen,
    });
  return (
    <section className="kp-part">
      <h2>{w('account.mail')}</h2>
      <p className="kp-people__lead">{w(possible ? 'account.mail.lead' : 'account.mail.none')}</p>
      {mailKinds.map((kind) => (
        <div key={kind}>
          <label className="kp-several__one">
            <input
              type="checkbox"
              checked={kinds.includes(kind)}
              disabled={!possible || save.isPending}
              onChange={({ target }) => toggle(kind, target.checked)}
            />
            {w(`account.mail.${kind}`)}
          </label>
        </div>
      ))}
      <Chooser
        id="mail-language"
        label={w('account.mail.language')}
        value={chosen}
        options={letterLanguages.map((value) => ({ value, text: namesOf[value] }))}
        onChange={(value) => {
          setLanguage(value);
          if (kinds.length > 0) save.mutate({ kinds, language: value });
        }}
      />
      <p role="status" className="kp-people__soft">
        {save.isSuccess ? w('saved') : save.isError ? w('failed') : ''}
      </p>
      <button type="button" className="kp-quiet" aria-expanded={shown} onClick={() => setShown(!shown)}>
        {w(shown ? 'account.mail.hide' : 'account.mail.preview')}
      </button>
      {shown && <Preview language={chosen} />}
    </section>
  );
}
