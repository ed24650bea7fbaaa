import type { Daypart } from '#shared/core/calendar.ts';
import { gradeOfSmiley } from '#shared/core/histogram.ts';
import { type Cause, touches } from './causes.ts';
import { writeComment } from './comments.ts';
import { drawAnswer } from './grades.ts';
import type { Place } from './places.ts';
import { likingOf } from './products.ts';
import { pickWeighted, type Random } from './random.ts';
import { rhythms } from './rhythms.ts';

/** What one person answers; the comment as typed, personal data and all. */
export interface Answer {
  touchpoint: string;
  grade: number | null;
  smiley: number | null;
  product: string | null;
  language: string;
  comment: string | null;
}

const languages = [
  ['nl', 88],
  ['en', 5],
  ['pl', 2],
  ['tr', 1.5],
  ['ar', 1.5],
  ['uk', 1],
  ['de', 1],
] as const;

/** Who is unhappy writes most, who is neither happy nor unhappy least. */
const chanceOfComment = (grade: number): number =>
  grade <= 4 ? 0.43 : grade <= 6 ? 0.235 : grade <= 8 ? 0.14 : 0.2;

const smileyPerGrade = 4 / 9;

export function answer(
  random: Random,
  place: Place,
  when: {
    day: number;
    daypart: Daypart;
    products: readonly (readonly [string, number])[];
    causes: readonly Cause[];
  },
): Answer {
  const product = pickWeighted(random, when.products) || null;
  const situation = { channel: place.channel, touchpoint: place.touchpoint, product, daypart: when.daypart };
  const here = when.causes.filter((cause) => touches(cause, situation));

  const moved = here.reduce((sum, cause) => sum + (cause.kind === 'within' ? cause.size : 0), 0);
  const difference = likingOf(place, product ?? '') + rhythms[place.rhythm].grade[when.daypart] + moved;
  const asSmiley = place.shape === 'smileys';
  const value = drawAnswer(random, place.shape, place.level + difference * (asSmiley ? smileyPerGrade : 1));
  const grade = asSmiley ? Math.round(gradeOfSmiley(value)) : value;

  const language = pickWeighted(random, languages);
  const writes = random.next() < chanceOfComment(grade) * place.talkative;
  return {
    touchpoint: place.touchpoint,
    grade: asSmiley ? null : value,
    smiley: asSmiley ? value : null,
    product,
    language,
    comment: writes
      ? writeComment(random, {
          day: when.day,
          channel: place.channel,
          product,
          language,
          grade,
          causes: here,
        })
      : null,
  };
}
