import { useState } from 'react';
import { limits } from '#shared/contract/limits.ts';
import type { Questionnaire } from '#shared/contract/questionnaire.ts';
import type { Product, Touchpoint } from '#shared/contract/settings.ts';
import { asksAlike } from '#shared/core/questionnaire.ts';
import { post } from '../api/client.ts';
import { type Draft, draftOf, inputOf, mistakesIn, newQuestion } from './draft.ts';
import { Preview } from './Preview.tsx';
import { Select, SettingForm, Text } from './parts.tsx';
import { QuestionFields } from './QuestionFields.tsx';
import { defaultWords } from './residentWords.ts';
import { useCollectWords } from './words.ts';

export interface EditorProps {
  point: Touchpoint;
  newest: Questionnaire;
  earlier: readonly Questionnaire[];
  products: readonly Product[];
  languages: readonly string[];
}

/** What is written on the left, what a resident sees of it on the right. Nothing counts before it is kept as a version. */
export function Editor({ point, newest, earlier, products, languages }: EditorProps) {
  const words = useCollectWords();
  const { w, languageName } = words;
  const first = languages[0] ?? 'nl';
  const [draft, setDraft] = useState<Draft>(() => draftOf(newest));
  const [language, setLanguage] = useState(first);
  const change = (part: Partial<Draft>) => setDraft((known) => ({ ...known, ...part }));
  const input = inputOf(draft, point.key, newest.version, first);
  const before = inputOf(draftOf(newest), point.key, newest.version, first);
  const changed = JSON.stringify(input) !== JSON.stringify(before);
  const breaks =
    changed && !earlier.some((version) => asksAlike(version, input) && version.method === newest.method);
  const defaults = defaultWords(language, draft.scale, point.channel);
  const say = (texts: Record<string, string>, text: string) => ({ ...texts, [language]: text });

  const move = (from: number, to: number) => {
    const questions = [...draft.questions];
    questions.splice(to, 0, ...questions.splice(from, 1));
    change({ questions });
  };
  return (
    <div className="kp-collect__editor">
      <SettingForm
        label={w('form.save', { n: newest.version + 1 })}
        submit={() => post<Questionnaire>('questionnaires', input)}
        mistakes={mistakesIn(input, first, words)}
        disabled={!changed}
      >
        <Select
          label={w('form.language')}
          value={language}
          options={languages.map((one) => [one, languageName(one)])}
          onChange={setLanguage}
        />
        {language === first && (
          <p className="kp-collect__soft">{w('form.first', { language: languageName(first) })}</p>
        )}
        <fieldset className="kp-collect__group">
          <legend>{w('form.scale')}</legend>
          {(['grade', 'smiley'] as const).map((scale) => (
            <label key={scale} className="kp-collect__check">
              <input
                type="radio"
                name="scale"
                checked={draft.scale === scale}
                onChange={() => change({ scale })}
              />
              <span>{w(`point.scale.${scale}`)}</span>
            </label>
          ))}
          <Text
            label={w('form.question')}
            help={w('form.question.help', { text: defaults.question })}
            dir="auto"
            lang={language}
            value={draft.question[language] ?? ''}
            onChange={(text) => change({ question: say(draft.question, text) })}
          />
        </fieldset>
        <fieldset className="kp-collect__group">
          <legend>{w('form.questions')}</legend>
          <p className="kp-collect__soft">{w('form.questions.help')}</p>
          {draft.questions.map((question, index) => (
            <QuestionFields
              key={question.id}
              number={index + 1}
              last={index === draft.questions.length - 1}
              question={question}
              language={language}
              onChange={(next) =>
                change({ questions: draft.questions.map((one, at) => (at === index ? next : one)) })
              }
              onMove={(by) => move(index, index + by)}
              onRemove={() => change({ questions: draft.questions.filter((_, at) => at !== index) })}
            />
          ))}
          {draft.questions.length < limits.questions && (
            <button
              type="button"
              className="utrecht-button utrecht-button--secondary-action"
              onClick={() => change({ questions: [...draft.questions, newQuestion()] })}
            >
              {w('form.add')}
            </button>
          )}
        </fieldset>
        <Text
          label={w('form.comment')}
          help={w('form.question.help', { text: defaults.comment })}
          dir="auto"
          lang={language}
          value={draft.commentQuestion[language] ?? ''}
          onChange={(text) => change({ commentQuestion: say(draft.commentQuestion, text) })}
        />
        <Select
          label={w('form.product')}
          help={w('form.product.help')}
          value={draft.product ?? ''}
          options={[['', w('form.product.none')], ...products.map(({ key, name }) => [key, name] as const)]}
          onChange={(product) => change({ product: product || null })}
        />
        <p
          role="status"
          className={`kp-collect__consequence${breaks ? ' kp-collect__consequence--break' : ''}`}
        >
          {changed ? w(breaks ? 'form.break' : 'form.noBreak') : w('form.unchanged', { n: newest.version })}
        </p>
      </SettingForm>
      <Preview input={input} language={language} first={first} channel={point.channel} />
    </div>
  );
}
