import { useRef, useState } from 'react';
import type { Account } from '#shared/contract/access.ts';
import type { Explanation } from '#shared/contract/explanation.ts';
import { may } from '#shared/contract/permissions.ts';
import { NoteForm } from './NoteForm.tsx';
import type { Question } from './question.ts';
import { useWhyWords } from './words.ts';
import './take-over.css';

/** The sentences as text, for a report: on the clipboard, or straight into the note of an indicator. */
export function TakeOver({
  account,
  explanation,
  question,
}: {
  account: Account;
  explanation: Explanation;
  question: Question;
}) {
  const { w, said, days, whole } = useWhyWords();
  const [copied, setCopied] = useState<boolean | null>(null);
  const [writing, setWriting] = useState(false);
  const [saved, setSaved] = useState('');
  const opener = useRef<HTMLButtonElement>(null);
  function close(words = '') {
    setWriting(false);
    setSaved(words);
    // The form is gone, and the focus that was in it.
    opener.current?.focus();
  }
  const source = w('take.source', {
    base: days(question.base),
    nBase: `n ${whole(explanation.base.n)}`,
    current: days(question.current),
    nCurrent: `n ${whole(explanation.current.n)}`,
  });
  const text = [...said(explanation), source].join(' ');

  async function copy() {
    setSaved('');
    // A page that did not come over TLS has no clipboard.
    const done = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    setCopied(done ?? false);
  }

  return (
    <section className="kp-why__take kp-screen" aria-label={w('take.title')}>
      <div className="kp-why__buttons">
        {may(account.role, 'indicators') && (
          <button
            type="button"
            ref={opener}
            className="utrecht-button utrecht-button--primary-action"
            aria-expanded={writing}
            onClick={() => {
              setWriting(!writing);
              setSaved('');
              setCopied(null);
            }}
          >
            {w('take.open')}
          </button>
        )}
        <button type="button" className="utrecht-button utrecht-button--secondary-action" onClick={copy}>
          {w('take.copy')}
        </button>
        <p role="status" className="kp-why__said">
          {saved || (copied === null ? '' : w(copied ? 'take.copied' : 'take.notCopied'))}
        </p>
      </div>
      {copied === false && (
        <textarea
          className="utrecht-textbox kp-why__text"
          aria-label={w('take.note')}
          readOnly
          value={text}
          rows={5}
          onFocus={({ target }) => target.select()}
        />
      )}
      {writing && (
        <NoteForm
          text={text}
          year={question.current.to.slice(0, 4)}
          onCancel={() => close()}
          onSaved={close}
        />
      )}
    </section>
  );
}
