import { useId, useState } from 'react';
import type { Question, QuestionnaireInput } from '#shared/contract/questionnaire.ts';
import { isAsked, textIn } from '#shared/core/questionnaire.ts';
import { mouths } from '#shared/messages/faces.ts';
import { fill } from '#shared/messages/fill.ts';
import { defaultWords } from './residentWords.ts';
import { useCollectWords } from './words.ts';
import './preview.css';

export interface PreviewProps {
  input: QuestionnaireInput;
  language: string;
  first: string;
  channel: string;
}

function Face({ smiley }: { smiley: number }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className="kp-preview__face">
      <circle cx="12" cy="12" r="10" />
      <circle cx="8.5" cy="9.5" r="1" className="kp-preview__eye" />
      <circle cx="15.5" cy="9.5" r="1" className="kp-preview__eye" />
      <path d={mouths[smiley - 1]} />
    </svg>
  );
}

function Asked({
  question,
  say,
  yes,
  no,
}: {
  question: Question;
  say: (texts: Question['text']) => string;
  yes: string;
  no: string;
}) {
  const id = useId();
  const { type, options, text } = question;
  const choices = type === 'yes-no' ? [yes, no] : options.map((option) => say(option.text));
  if (type === 'text')
    return (
      <div className="kp-preview__question">
        <label htmlFor={id}>{say(text)}</label>
        <textarea id={id} rows={2} className="utrecht-textbox" />
      </div>
    );
  return (
    <fieldset className="kp-preview__question">
      <legend>{say(text)}</legend>
      {choices.map((choice, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what is being written may be the same twice
        <label key={index} className="kp-preview__choice">
          <input type={type === 'multiple' ? 'checkbox' : 'radio'} name={id} />
          <span>{choice}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** The questions as a resident sees them, in the language that is being written. It keeps nothing. */
export function Preview({ input, language, first, channel }: PreviewProps) {
  const { w } = useCollectWords();
  const name = useId();
  const [chosen, setChosen] = useState<number | null>(null);
  const { scale } = input;
  const words = defaultWords(language, scale, channel);
  const { rating } = words;
  const steps = Array.from({ length: scale === 'grade' ? 10 : 5 }, (_, index) => index + 1);
  const given = chosen !== null && chosen <= steps.length ? chosen : null;
  const asked =
    given === null ? [] : input.questions.filter((question) => isAsked(question, { [scale]: given }));
  const face = (smiley: number) => rating[`smiley${smiley}` as 'smiley1'];
  const say = (texts: Question['text']) => textIn(texts, language, first);
  return (
    <section className="kp-preview" aria-labelledby={`${name}-title`}>
      <h2 id={`${name}-title`}>{w('form.preview')}</h2>
      <p className="kp-collect__soft">{w('form.preview.help')}</p>
      <div className="kp-preview__sheet" lang={language} dir={rating.dir}>
        <fieldset className="kp-preview__ask">
          <legend>{input.question?.[language] ?? words.question}</legend>
          <div className={`kp-preview__steps kp-preview__steps--${scale}`}>
            {steps.map((step) => (
              <label key={step} className="kp-preview__step">
                <input
                  type="radio"
                  name={name}
                  checked={given === step}
                  aria-label={
                    scale === 'grade'
                      ? fill(rating.spoken, { grade: step })
                      : fill(rating.spokenSmiley, { smiley: step, word: face(step) })
                  }
                  onChange={() => setChosen(step)}
                />
                <span aria-hidden="true">{scale === 'grade' ? step : <Face smiley={step} />}</span>
              </label>
            ))}
          </div>
          <p className="kp-preview__ends" aria-hidden="true">
            <span>{scale === 'grade' ? rating.lowest : rating.smiley1}</span>
            <span>{scale === 'grade' ? rating.highest : rating.smiley5}</span>
          </p>
        </fieldset>
        {asked.map((question) => (
          <Asked key={question.key} question={question} say={say} yes={rating.yes} no={rating.no} />
        ))}
        {given !== null && (
          <div className="kp-preview__question">
            <label htmlFor={`${name}-comment`}>{input.commentQuestion?.[language] ?? words.comment}</label>
            <textarea id={`${name}-comment`} rows={3} className="utrecht-textbox" />
          </div>
        )}
      </div>
      <p role="status" className="kp-collect__soft">
        {given !== null && asked.length === 0 && w('form.preview.none')}
      </p>
    </section>
  );
}
