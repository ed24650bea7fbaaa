import type { Answers } from '#shared/contract/rating.ts';
import type { NewRating } from '../../storage/port.ts';

/**
 * Ratings on their way from one thread to the other, by column: lists of numbers and one string of ids cost a tenth of
 * as many objects. A word that many rows share is a number in `words`.
 */
export class PackedRatings {
  readonly words: string[] = [];
  readonly ids: string[] = [];
  readonly touchpoint: number[] = [];
  readonly grade: number[] = [];
  readonly smiley: number[] = [];
  readonly product: number[] = [];
  readonly language: number[] = [];
  readonly method: number[] = [];
  readonly at: number[] = [];
  readonly marks: number[] = [];
  /** Rare, so by place. */
  readonly comments: [place: number, comment: string][] = [];
  readonly answers: [place: number, answers: Answers][] = [];
  readonly #places = new Map<string, number>();

  get length(): number {
    return this.ids.length;
  }

  add(rating: NewRating): void {
    if (rating.comment !== null) this.comments.push([this.length, rating.comment]);
    if (rating.answers !== null) this.answers.push([this.length, rating.answers]);
    this.ids.push(rating.id);
    this.touchpoint.push(this.#word(rating.touchpoint));
    this.grade.push(rating.grade ?? 0);
    this.smiley.push(rating.smiley ?? 0);
    this.product.push(this.#word(rating.product));
    this.language.push(this.#word(rating.language));
    this.method.push(this.#word(rating.method ?? null));
    this.at.push(rating.at);
    this.marks.push(rating.marks);
  }

  /** What may be posted to another thread. */
  message() {
    const { words, touchpoint, grade, smiley, product, language, method, at, marks, comments, answers } =
      this;
    return {
      words,
      ids: this.ids.join(' '),
      touchpoint,
      grade,
      smiley,
      product,
      language,
      method,
      at,
      marks,
      comments,
      answers,
    };
  }

  /** -1 stands for none. */
  #word(word: string | null): number {
    if (word === null) return -1;
    let place = this.#places.get(word);
    if (place === undefined) {
      place = this.words.push(word) - 1;
      this.#places.set(word, place);
    }
    return place;
  }
}
export type PackedMessage = ReturnType<PackedRatings['message']>;

export function unpack(packed: PackedMessage, receivedAt: number): NewRating[] {
  if (packed.ids === '') return [];
  const ratings = packed.ids.split(' ').map((id, i): NewRating => {
    const rating: NewRating = {
      kind: 'rating',
      id,
      touchpoint: packed.words[packed.touchpoint[i]!]!,
      grade: packed.grade[i] || null,
      smiley: packed.smiley[i] || null,
      product: packed.words[packed.product[i]!] ?? null,
      language: packed.words[packed.language[i]!] ?? null,
      form: null,
      at: packed.at[i]!,
      receivedAt,
      givenAt: packed.at[i]!,
      marks: packed.marks[i]!,
      answers: null,
      comment: null,
    };
    const method = packed.words[packed.method[i]!];
    if (method !== undefined) rating.method = method;
    return rating;
  });
  for (const [place, comment] of packed.comments) ratings[place]!.comment = comment;
  for (const [place, answers] of packed.answers) ratings[place]!.answers = answers;
  return ratings;
}
