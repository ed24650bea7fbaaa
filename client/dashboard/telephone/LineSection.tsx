import { useId, useRef, useState } from 'react';
import type { Line } from '#shared/contract/telephony.ts';
import { Verdict } from '../../ui/verdict/Verdict.tsx';
import { LineForm } from './LineForm.tsx';
import { Simulator } from './Simulator.tsx';
import { useTelephoneWords } from './words.ts';

function Address({ label, address }: { label: string; address: string }) {
  const { w } = useTelephoneWords();
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard?.writeText(address).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <div className="kp-tel__fact">
      <dt>{label}</dt>
      <dd>
        <code className="kp-tel__address">{address}</code>{' '}
        <button
          type="button"
          className="kp-quiet kp-screen"
          onClick={copy}
          aria-label={`${w('line.copy')}: ${label}`}
        >
          {w(copied ? 'line.copied' : 'line.copy')}
        </button>
      </dd>
    </div>
  );
}

export interface LineSectionProps {
  line: Line;
  /** The languages of the municipality. */
  offered: readonly string[];
  onDone: (words: string) => void;
}

/** One line: whether it is connected, what to set at the platform, its settings, and a call to try it. */
export function LineSection({ line, offered, onDone }: LineSectionProps) {
  const { w, languageName } = useTelephoneWords();
  const id = useId();
  const [open, setOpen] = useState<'form' | 'try' | null>(null);
  const [edit, attempt] = [useRef<HTMLButtonElement>(null), useRef<HTMLButtonElement>(null)];
  const languages = line.languages.length > 0 ? line.languages : offered;
  function close() {
    (open === 'form' ? edit : attempt).current?.focus();
    setOpen(null);
  }
  const button = (kind: 'form' | 'try', ref: typeof edit, words: string) => (
    <button
      ref={ref}
      type="button"
      className="utrecht-button utrecht-button--secondary-action"
      aria-expanded={open === kind}
      aria-describedby={id}
      onClick={() => setOpen(open === kind ? null : kind)}
    >
      {words}
    </button>
  );
  return (
    <section className="kp-tel__section kp-tel__line" aria-labelledby={id}>
      <h2 id={id} className="kp-tel__heading">
        {line.name}
      </h2>
      <p className="kp-tel__state">
        <Verdict tone={line.secret === 'none' ? 'warn' : 'good'} word={w(`state.${line.secret}`)} />
      </p>
      <dl className="kp-tel__facts">
        <div className="kp-tel__fact">
          <dt>{w('line.languages')}</dt>
          <dd>{languages.map(languageName).join(', ')}</dd>
        </div>
        <Address label={w('line.webhook')} address={line.webhook} />
        <Address label={w('line.status')} address={line.statusCallback} />
      </dl>
      <p className="kp-tel__buttons kp-screen">
        {button('form', edit, w('line.edit'))}
        {button('try', attempt, w('line.try'))}
      </p>
      {open === 'form' && (
        <LineForm
          line={line}
          offered={offered}
          onClose={close}
          onSaved={() => {
            onDone(w('line.saved', { name: line.name }));
            close();
          }}
        />
      )}
      {open === 'try' && <Simulator line={line} languages={languages} onClose={close} />}
    </section>
  );
}
