import type { PhoneLanguage } from '#shared/messages/phone/index.ts';
import type { Place, Step } from './place.ts';

/** A follow-up question as a caller gets it: at most nine choices, one key each. */
export interface PhoneQuestion {
  key: string;
  text: string;
  options: { value: string | boolean; label: string }[];
}

/** What is said before the next question. */
export type Remark = 'greeting' | 'invalid' | 'silent' | 'unknownKey';
export type End = 'thanks' | 'goodbye';

/** What one step of a call came to. Kept as it is, so that a repeated message gets the same answer. */
export interface Turn {
  next: Place | End;
  language: PhoneLanguage;
  remark?: Remark;
  grade?: number;
  answer?: { key: string; value: string | boolean };
}

export interface Known {
  languages: PhoneLanguage[];
  /** The grade that the caller gave last, before this step. */
  grade: number | null;
  /** What is asked after a grade. */
  questions: (grade: number) => PhoneQuestion[];
}

/** Asked once, and two times again. A choice is asked again once. */
const attempts: Record<Step, number> = { language: 2, grade: 3, confirm: 2, question: 2 };
/** So often a grade can be given in one call. */
const rounds = 3;

/** 8, 08 and 10 are grades; 0, 00 and 11 are not. */
export function gradeOf(digits: string | null): number | null {
  const grade = /^\d{1,2}$/.test(digits ?? '') ? Number(digits) : 0;
  return grade >= 1 && grade <= 10 ? grade : null;
}

const choiceOf = (digits: string | null, most: number): number | null =>
  /^[1-9]$/.test(digits ?? '') && Number(digits) <= most ? Number(digits) - 1 : null;

export function begin(language: PhoneLanguage | null, languages: PhoneLanguage[]): Turn {
  const spoken = language !== null && languages.includes(language) ? language : languages[0]!;
  if (spoken === language || languages.length < 2) return ask(spoken);
  return { next: { step: 'language', round: 1, attempt: 1, language: spoken }, language: spoken };
}

const ask = (language: PhoneLanguage): Turn => ({
  next: { step: 'grade', round: 1, attempt: 1, language },
  language,
  remark: 'greeting',
});

/** What the keys that were pressed at a place come to; null: no key was pressed in time. */
export function decide(place: Place, digits: string | null, known: Known): Turn {
  const { step, round, attempt, language } = place;
  const again = (remark: Remark): Turn => ({
    next: { ...place, attempt: attempt + 1 },
    language,
    remark: digits === null ? 'silent' : remark,
  });
  const tired = attempt >= attempts[step];
  const end = (grade: number | null): Turn => ({ next: grade === null ? 'goodbye' : 'thanks', language });
  const questionAfter = (grade: number, number: number): Turn => {
    if (known.questions(grade).length < number) return end(grade);
    return { next: { step: 'question', round: number, attempt: 1, language }, language };
  };

  switch (step) {
    case 'language': {
      const choice = choiceOf(digits, known.languages.length);
      if (choice !== null) return ask(known.languages[choice]!);
      return tired ? ask(known.languages[0]!) : { next: { ...place, attempt: attempt + 1 }, language };
    }
    case 'grade': {
      const grade = gradeOf(digits);
      if (grade === null) return tired ? end(known.grade) : again('invalid');
      if (round >= rounds) return { ...questionAfter(grade, 1), grade };
      return { next: { step: 'confirm', round, attempt: 1, language }, language, grade };
    }
    case 'confirm': {
      if (known.grade === null) return end(null);
      if (digits === '2')
        return { next: { step: 'grade', round: round + 1, attempt: 1, language }, language };
      if (digits === null || digits === '1' || tired) return questionAfter(known.grade, 1);
      return again('unknownKey');
    }
    case 'question': {
      const question = known.grade === null ? undefined : known.questions(known.grade)[round - 1];
      if (!question) return end(known.grade);
      const choice = choiceOf(digits, question.options.length);
      if (choice === null) return tired ? end(known.grade) : again('unknownKey');
      const answer = { key: question.key, value: question.options[choice]!.value };
      return { ...questionAfter(known.grade!, round + 1), answer };
    }
  }
}
