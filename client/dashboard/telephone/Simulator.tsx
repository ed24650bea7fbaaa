import { useId, useRef, useState } from 'react';
import type { Line, SimulatedAnswer, SimulatedStep } from '#shared/contract/telephony.ts';
import { post } from '../api/client.ts';
import { useTelephoneWords } from './words.ts';

/** One line of the conversation: what the caller heard, or did. */
interface Said {
  who: 'line' | 'caller';
  text: string;
  language?: string;
}
const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

function speak(heard: SimulatedAnswer['heard']): void {
  speechSynthesis.cancel();
  for (const { text, language } of heard) {
    if (text === null) continue;
    const utterance = new SpeechSynthesisUtterance(text);
    if (language) utterance.lang = language;
    speechSynthesis.speak(utterance);
  }
}

export interface SimulatorProps {
  line: Line;
  languages: readonly string[];
  onClose: () => void;
}

/** A call to the line from this page: what is heard on one side, the keypad on the other. */
export function Simulator({ line, languages, onClose }: SimulatorProps) {
  const { w, languageName } = useTelephoneWords();
  const id = useId();
  const [language, setLanguage] = useState('');
  const [aloud, setAloud] = useState(false);
  const [said, setSaid] = useState<Said[]>([]);
  const [answer, setAnswer] = useState<SimulatedAnswer | null>(null);
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const callId = useRef('');
  const gather = answer?.gather ?? null;

  async function step(fields: Omit<SimulatedStep, 'callId'>, before: Said[]) {
    setBusy(true);
    setTyped('');
    setSaid(before);
    try {
      const next = await post<SimulatedAnswer>(
        `telephony/lines/${encodeURIComponent(line.touchpoint)}/simulated-steps`,
        { callId: callId.current, ...fields },
      );
      const heard = next.heard.map(
        ({ text, recording, language: spoken }): Said => ({
          who: 'line',
          text: text ?? w('try.recording', { address: recording ?? '' }),
          ...(spoken ? { language: spoken } : {}),
        }),
      );
      const over = next.gather === null && !fields.hangUp;
      setSaid([...before, ...heard, ...(over ? [{ who: 'caller' as const, text: w('try.over') }] : [])]);
      setAnswer(next);
      if (aloud) speak(next.heard);
    } catch {
      setAnswer(null);
      setSaid([...before, { who: 'caller', text: w('try.failed') }]);
    }
    setBusy(false);
  }
  function call() {
    callId.current = crypto.randomUUID();
    void step(language ? { language } : {}, []);
  }
  const caller = (text: string): Said[] => [...said, { who: 'caller', text }];
  function send(digits: string, shown: string) {
    if (!gather) return;
    const words = shown === '' ? w('try.waited') : w('try.pressed', { keys: shown });
    void step({ action: gather.action, ...(digits ? { digits } : {}) }, caller(words));
  }
  function press(key: string) {
    if (!gather || busy) return;
    if (key === gather.finishOnKey) send(typed, typed + key);
    else if (typed.length + 1 >= gather.digits) send(typed + key, typed + key);
    else setTyped(typed + key);
  }
  function hangUp() {
    speechSynthesis.cancel();
    setAnswer(null);
    void step({ hangUp: true }, caller(w('try.hungUp')));
  }

  return (
    <div className="kp-tel__try kp-screen">
      <h3 className="kp-tel__subheading">{w('try.title', { name: line.name })}</h3>
      <p className="kp-tel__note">{w('try.lead')}</p>
      <div className="kp-tel__bar">
        <label htmlFor={`${id}-language`}>{w('try.language')}</label>
        <select
          id={`${id}-language`}
          className="utrecht-textbox kp-tel__select"
          value={language}
          onChange={({ target }) => setLanguage(target.value)}
        >
          <option value="">{w('try.menu')}</option>
          {languages.map((one) => (
            <option key={one} value={one}>
              {languageName(one)}
            </option>
          ))}
        </select>
        <label className="kp-tel__option">
          <input type="checkbox" checked={aloud} onChange={({ target }) => setAloud(target.checked)} />
          {w('try.aloud')}
        </label>
        <button
          type="button"
          className="utrecht-button utrecht-button--primary-action"
          disabled={busy}
          onClick={call}
        >
          {w(said.length > 0 ? 'try.again' : 'try.start')}
        </button>
        <button type="button" className="utrecht-button utrecht-button--secondary-action" onClick={onClose}>
          {w('line.close')}
        </button>
      </div>
      <div className="kp-tel__phone">
        <section className="kp-tel__heard" aria-labelledby={`${id}-heard`}>
          <h4 id={`${id}-heard`}>{w('try.heard')}</h4>
          <ol className="kp-tel__talk" aria-live="polite">
            {said.map(({ who, text, language: spoken }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a conversation only grows
              <li key={index} className={`kp-tel__said kp-tel__said--${who}`} lang={spoken} dir="auto">
                {text}
              </li>
            ))}
          </ol>
          {answer && (
            <details className="kp-tel__details">
              <summary>{w('try.document')}</summary>
              <pre className="kp-tel__document">{answer.document.trim().replaceAll('><', '>\n<')}</pre>
            </details>
          )}
        </section>
        <fieldset className="kp-tel__keypad" disabled={gather === null || busy}>
          <legend>{w('try.keys')}</legend>
          <output className="kp-tel__typed">{typed ? w('try.typed', { keys: typed }) : ' '}</output>
          <div className="kp-tel__keys">
            {keys.map((key) => (
              <button key={key} type="button" className="kp-tel__button" onClick={() => press(key)}>
                {key}
              </button>
            ))}
          </div>
          <p className="kp-tel__buttons">
            <button
              type="button"
              className="utrecht-button utrecht-button--secondary-action"
              onClick={() => send(typed, typed)}
            >
              {w('try.wait')}
            </button>
            <button
              type="button"
              className="utrecht-button utrecht-button--secondary-action"
              onClick={hangUp}
            >
              {w('try.hangUp')}
            </button>
          </p>
        </fieldset>
      </div>
    </div>
  );
}
