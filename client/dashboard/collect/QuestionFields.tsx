import { limits } from '#shared/contract/limits.ts';
import { questionTypes } from '#shared/contract/lists.ts';
import type { QuestionType } from '#shared/contract/questionnaire.ts';
import { type DraftQuestion, newOption } from './draft.ts';
import { Select, Text } from './parts.tsx';
import { useCollectWords } from './words.ts';

export interface QuestionFieldsProps {
  number: number;
  last: boolean;
  question: DraftQuestion;
  language: string;
  onChange: (question: DraftQuestion) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

const grades = Array.from({ length: 10 }, (_, index) => [String(index + 1), String(index + 1)] as const);

/** One follow-up question, in the language that is being written. */
export function QuestionFields({
  number,
  last,
  question,
  language,
  onChange,
  onMove,
  onRemove,
}: QuestionFieldsProps) {
  const { w } = useCollectWords();
  const change = (part: Partial<DraftQuestion>) => onChange({ ...question, ...part });
  const title = w('form.number', { n: number });
  const choosing = question.type === 'choice' || question.type === 'multiple';
  const setOption = (index: number, text: string) =>
    change({
      options: question.options.map((option, at) =>
        at === index ? { ...option, text: { ...option.text, [language]: text } } : option,
      ),
    });
  return (
    <fieldset className="kp-collect__question">
      <legend>{title}</legend>
      <Text
        label={w('form.text')}
        dir="auto"
        lang={language}
        value={question.text[language] ?? ''}
        onChange={(text) => change({ text: { ...question.text, [language]: text } })}
      />
      <div className="kp-collect__trio">
        <Select
          label={w('form.type')}
          value={question.type}
          options={questionTypes.map((type) => [type, w(`form.type.${type}`)])}
          onChange={(type) => change({ type: type as QuestionType })}
        />
        <Select
          label={w('form.from')}
          value={String(question.from)}
          options={grades}
          onChange={(from) => change({ from: Number(from), to: Math.max(Number(from), question.to) })}
        />
        <Select
          label={w('form.to')}
          value={String(question.to)}
          options={grades}
          onChange={(to) => change({ to: Number(to), from: Math.min(Number(to), question.from) })}
        />
      </div>
      {choosing && (
        <fieldset className="kp-collect__options">
          <legend>{w('form.options')}</legend>
          {question.options.map((option, index) => (
            <div key={option.id} className="kp-collect__option">
              <input
                type="text"
                className="utrecht-textbox"
                aria-label={`${title}, ${w('form.option', { n: index + 1 })}`}
                dir="auto"
                lang={language}
                autoComplete="off"
                value={option.text[language] ?? ''}
                onChange={({ target }) => setOption(index, target.value)}
              />
              <button
                type="button"
                className="kp-collect__remove"
                aria-label={`${title}: ${w('form.option.remove', { n: index + 1 })}`}
                onClick={() => change({ options: question.options.filter((_, at) => at !== index) })}
              >
                ×
              </button>
            </div>
          ))}
          {question.options.length < limits.options && (
            <button
              type="button"
              className="kp-quiet"
              onClick={() => change({ options: [...question.options, newOption()] })}
            >
              {w('form.option.add')}
            </button>
          )}
        </fieldset>
      )}
      <p className="kp-collect__moves">
        <button type="button" className="kp-quiet" disabled={number === 1} onClick={() => onMove(-1)}>
          {w('form.up')}
        </button>
        <button type="button" className="kp-quiet" disabled={last} onClick={() => onMove(1)}>
          {w('form.down')}
        </button>
        <button type="button" className="kp-quiet" onClick={onRemove}>
          {w('form.remove')}
        </button>
      </p>
    </fieldset>
  );
}
