import { useQuery } from '@tanstack/react-query';
import { type PhoneLanguage, type PhoneTexts, phoneTexts, recordable } from '#shared/messages/phone/index.ts';
import { useTelephoneWords } from './words.ts';

export interface RecordingsProps {
  id: string;
  language: PhoneLanguage;
  voice: string;
  recordings: Record<string, string>;
  wrong: (name: string) => string | undefined;
  onVoice: (voice: string) => void;
  onRecordings: (recordings: Record<string, string>) => void;
}

/** The voice of a line in one language, and what is played instead; each field shows the words that it replaces. */
export function Recordings(props: RecordingsProps) {
  const { id, language, voice, recordings, wrong, onVoice, onRecordings } = props;
  const { w, languageName } = useTelephoneWords();
  const { data: texts } = useQuery({
    queryKey: ['phone-texts', language],
    queryFn: () => phoneTexts(language),
  });
  const name = languageName(language);
  const textOf = (prompt: string): string => {
    if (prompt.startsWith('followUp')) return w('form.followUp', { number: prompt.slice(-1) });
    const text = texts?.[prompt as keyof PhoneTexts] ?? '';
    return prompt.startsWith('grade') ? `${prompt.slice('grade'.length)}: ${text}` : text;
  };
  const open = Object.keys(recordings).length > 0 || voice !== '';
  return (
    <details className="kp-tel__details" open={open || undefined}>
      <summary>{w('form.recordings', { language: name })}</summary>
      <div className="kp-field utrecht-form-field">
        <label className="utrecht-form-label" htmlFor={`${id}-voices-${language}`}>
          {w('form.voice', { language: name })}
        </label>
        <div id={`${id}-voices-${language}-note`} className="utrecht-form-field-description">
          {w('form.voice.note')}
        </div>
        <input
          id={`${id}-voices-${language}`}
          type="text"
          autoComplete="off"
          className="utrecht-textbox utrecht-textbox--html-input"
          aria-describedby={`${id}-voices-${language}-note`}
          value={voice}
          onChange={({ target }) => onVoice(target.value)}
        />
      </div>
      <p className="kp-tel__note">{w('form.recordings.note')}</p>
      <div className="kp-tel__recordings">
        {recordable.map((prompt) => {
          const field = `${id}-recordings-${language}-${prompt}`;
          const error = wrong(prompt);
          return (
            <div
              key={prompt}
              className={`kp-field utrecht-form-field${error ? ' utrecht-form-field--invalid' : ''}`}
            >
              <label
                className="kp-tel__prompt"
                htmlFor={field}
                lang={prompt.startsWith('followUp') ? undefined : language}
                dir="auto"
              >
                {textOf(prompt)}
              </label>
              {error && (
                <div id={`${field}-error`} className="utrecht-form-field-error-message">
                  {error}
                </div>
              )}
              <input
                id={field}
                type="url"
                autoComplete="off"
                placeholder="https://"
                className="utrecht-textbox utrecht-textbox--html-input"
                aria-invalid={error ? true : undefined}
                aria-describedby={error ? `${field}-error` : undefined}
                value={recordings[prompt] ?? ''}
                onChange={({ target }) => onRecordings({ ...recordings, [prompt]: target.value })}
              />
            </div>
          );
        })}
      </div>
    </details>
  );
}
