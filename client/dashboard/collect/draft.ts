import type { Question, Questionnaire, QuestionnaireInput, Texts } from '#shared/contract/questionnaire.ts';
import { keyFrom } from './parts.tsx';
import type { CollectWords } from './words.ts';

/** Texts while they are written: a language may still be empty. */
export type DraftTexts = Record<string, string>;
export interface DraftOption {
  /** Of the row on the screen. */
  id: string;
  /** Empty until it is kept. */
  key: string;
  text: DraftTexts;
}
export interface DraftQuestion extends Omit<Question, 'text' | 'options'> {
  id: string;
  text: DraftTexts;
  options: DraftOption[];
}
export interface Draft {
  scale: Questionnaire['scale'];
  question: DraftTexts;
  commentQuestion: DraftTexts;
  product: string | null;
  questions: DraftQuestion[];
}

let made = 0;
const newId = () => `row-${++made}`;

export const newOption = (): DraftOption => ({ id: newId(), key: '', text: {} });
export const newQuestion = (): DraftQuestion => ({
  ...{ id: newId(), key: '', type: 'choice', text: {}, from: 1, to: 10 },
  options: [newOption(), newOption()],
});

export const draftOf = ({ scale, question, commentQuestion, product, questions }: Questionnaire): Draft => ({
  ...{ scale, product, question: question ?? {}, commentQuestion: commentQuestion ?? {} },
  questions: questions.map((one) => ({
    ...one,
    id: newId(),
    options: one.options.map((option) => ({ ...option, id: newId() })),
  })),
});

const written = (texts: DraftTexts): Texts =>
  Object.fromEntries(
    Object.entries(texts).flatMap(([language, text]) => (text.trim() ? [[language, text.trim()]] : [])),
  );
const orNull = (texts: DraftTexts): Texts | null => {
  const some = written(texts);
  return Object.keys(some).length > 0 ? some : null;
};

/** A key of its own for what has none yet, out of its text in the first language. */
function keyed<Item extends { key: string; text: DraftTexts }>(
  items: readonly Item[],
  first: string,
  otherwise: string,
): Item[] {
  const taken = new Set(items.map(({ key }) => key).filter(Boolean));
  return items.map((item) => {
    if (item.key) return item;
    const wish =
      keyFrom(item.text[first] ?? '')
        .slice(0, 40)
        .replace(/-$/, '') || otherwise;
    let key = wish;
    for (let n = 2; taken.has(key); n++) key = `${wish}-${n}`;
    taken.add(key);
    return { ...item, key };
  });
}

const choosing = ({ type }: { type: Question['type'] }) => type === 'choice' || type === 'multiple';

/** What is sent. Rows of options without any text are left out. */
export function inputOf(draft: Draft, touchpoint: string, after: number, first: string): QuestionnaireInput {
  return {
    ...{ touchpoint, after, scale: draft.scale, product: draft.product },
    question: orNull(draft.question),
    commentQuestion: orNull(draft.commentQuestion),
    questions: keyed(draft.questions, first, 'vraag').map(({ id: _, text, options, ...question }) => ({
      ...question,
      text: written(text),
      options: choosing(question)
        ? keyed(
            options.filter((option) => Object.keys(written(option.text)).length > 0),
            first,
            'keuze',
          ).map(({ key, text: words }) => ({ key, text: written(words) }))
        : [],
    })),
  };
}

/** What has to be put right before it is sent, in the words of the page. */
export function mistakesIn(
  input: QuestionnaireInput,
  first: string,
  { w, languageName }: CollectWords,
): string[] {
  const language = languageName(first);
  return input.questions.flatMap((question, index) => {
    const n = index + 1;
    return [
      ...(question.text[first] ? [] : [w('form.empty', { n, language })]),
      ...(choosing(question) && question.options.length < 2 ? [w('form.fewOptions', { n })] : []),
      ...(question.options.every(({ text }) => text[first]) ? [] : [w('form.emptyOption', { n, language })]),
    ];
  });
}
