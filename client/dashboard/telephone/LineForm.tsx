import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import type { Line, LineChange } from '#shared/contract/telephony.ts';
import { isPhoneLanguage } from '#shared/messages/phone/index.ts';
import { ErrorSummary } from '../../ui/form/ErrorSummary.tsx';
import { ApiProblem, put } from '../api/client.ts';
import { queryClient } from '../api/queries.ts';
import { linesQuery } from './queries.ts';
import { Recordings } from './Recordings.tsx';
import { type TelephoneWords, useTelephoneWords } from './words.ts';

const without = <Value,>(record: Record<string, Value>, empty: (value: Value) => boolean) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => !empty(value)));

/** What the server found wrong, in the words of the page and at the field. */
function mistakesOf(error: Error, id: string, { w, t }: TelephoneWords) {
  if (!(error instanceof ApiProblem) || error.status === 0) return [{ text: t('problem.network') }];
  if (error.errors.length === 0) return [{ text: t('problem.server', { status: error.status }) }];
  return error.errors.map(({ pointer }) => ({
    field: id + pointer.replaceAll('/', '-'),
    text: pointer.startsWith('/secret')
      ? w('wrong.secret')
      : pointer.startsWith('/recordings')
        ? w('wrong.address')
        : w('wrong.other', { field: pointer.slice(1) }),
  }));
}

export interface LineFormProps {
  line: Line;
  offered: readonly string[];
  onClose: () => void;
  onSaved: () => void;
}

/** The settings of a line. */
export function LineForm({ line, offered, onClose, onSaved }: LineFormProps) {
  const words = useTelephoneWords();
  const { w, languageName } = words;
  const id = useId();
  const [change, setChange] = useState<LineChange>(() => ({
    ...{ platform: line.platform, languages: line.languages, voices: line.voices },
    recordings: line.recordings,
  }));
  const [secret, setSecret] = useState('');
  const [forget, setForget] = useState(false);
  const set = (fields: Partial<LineChange>) => setChange((known) => ({ ...known, ...fields }));
  const mutation = useMutation({
    mutationFn: () =>
      put<Line>(`telephony/lines/${encodeURIComponent(line.touchpoint)}`, {
        ...change,
        voices: without(change.voices, (voice) => voice.trim() === ''),
        recordings: without(
          Object.fromEntries(
            Object.entries(change.recordings).map(([language, prompts]) => [
              language,
              without(prompts, (address) => address.trim() === ''),
            ]),
          ),
          (prompts) => Object.keys(prompts).length === 0,
        ),
        ...(forget ? { secret: null } : secret.trim() ? { secret: secret.trim() } : {}),
      } satisfies LineChange),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: linesQuery.queryKey });
      onSaved();
    },
  });
  const mistakes = mutation.error ? mistakesOf(mutation.error, id, words) : [];
  const wrong = (pointer: string) =>
    mistakes.find((one) => 'field' in one && one.field === id + pointer)?.text;
  function submit(event: FormEvent) {
    event.preventDefault();
    mutation.mutate();
  }
  const possible = offered.filter(isPhoneLanguage);
  const toggle = (language: string) =>
    set({
      languages: change.languages.includes(language)
        ? change.languages.filter((one) => one !== language)
        : [...change.languages, language],
    });

  return (
    <form className="kp-tel__form kp-screen" onSubmit={submit} noValidate>
      {mistakes.length > 0 && <ErrorSummary title={w('notSaved')} errors={mistakes} />}
      <fieldset className="kp-tel__set">
        <legend>{w('form.platform')}</legend>
        {(['twilio', 'telnyx'] as const).map((platform) => (
          <label key={platform} className="kp-tel__option">
            <input
              type="radio"
              name={`${id}-platform`}
              checked={change.platform === platform}
              onChange={() => set({ platform })}
            />
            {w(`form.${platform}`)}
          </label>
        ))}
      </fieldset>
      <div className={`kp-field utrecht-form-field${wrong('-secret') ? ' utrecht-form-field--invalid' : ''}`}>
        <label className="utrecht-form-label" htmlFor={`${id}-secret`}>
          {w(change.platform === 'telnyx' ? 'form.publicKey' : 'form.secret')}
        </label>
        <div id={`${id}-secret-note`} className="utrecht-form-field-description">
          {w(line.secret === 'own' ? 'form.secret.kept' : 'form.secret.none')}
        </div>
        {wrong('-secret') && (
          <div id={`${id}-secret-error`} className="utrecht-form-field-error-message">
            {wrong('-secret')}
          </div>
        )}
        <input
          id={`${id}-secret`}
          type="password"
          autoComplete="off"
          className="utrecht-textbox utrecht-textbox--html-input"
          disabled={forget}
          aria-invalid={wrong('-secret') ? true : undefined}
          aria-describedby={`${id}-secret-note${wrong('-secret') ? ` ${id}-secret-error` : ''}`}
          value={secret}
          onChange={({ target }) => setSecret(target.value)}
        />
      </div>
      {line.secret === 'own' && (
        <label className="kp-tel__option">
          <input type="checkbox" checked={forget} onChange={({ target }) => setForget(target.checked)} />
          {w('form.forget')}
        </label>
      )}
      <fieldset className="kp-tel__set" aria-describedby={`${id}-languages`}>
        <legend>{w('form.languages')}</legend>
        <p id={`${id}-languages`} className="kp-tel__note">
          {w('form.languages.note')}
        </p>
        <div className="kp-tel__languages">
          {possible.map((language) => {
            const key = change.languages.indexOf(language) + 1;
            return (
              <label key={language} className="kp-tel__option">
                <input type="checkbox" checked={key > 0} onChange={() => toggle(language)} />
                <span>
                  {languageName(language)}
                  {key > 0 && change.languages.length > 1 && (
                    <span className="kp-tel__key"> ({w('form.key', { key })})</span>
                  )}
                </span>
              </label>
            );
          })}
        </div>
      </fieldset>
      {possible
        .filter((language) => change.languages.length === 0 || change.languages.includes(language))
        .map((language) => (
          <Recordings
            key={language}
            id={id}
            language={language}
            voice={change.voices[language] ?? ''}
            recordings={change.recordings[language] ?? {}}
            wrong={(name) => wrong(`-recordings-${language}-${name}`)}
            onVoice={(voice) => set({ voices: { ...change.voices, [language]: voice } })}
            onRecordings={(prompts) => set({ recordings: { ...change.recordings, [language]: prompts } })}
          />
        ))}
      <p className="kp-tel__note">{w('form.questions')}</p>
      <p className="kp-tel__buttons">
        <button
          type="submit"
          className="utrecht-button utrecht-button--primary-action"
          disabled={mutation.isPending}
        >
          {w(mutation.isPending ? 'form.saving' : 'form.save')}
        </button>
        <button type="button" className="utrecht-button utrecht-button--secondary-action" onClick={onClose}>
          {w('form.cancel')}
        </button>
      </p>
    </form>
  );
}
