import { type Codes, digitsEnd, isDigit, isSeparator, textOf } from './characters.ts';

/** Digits in groups with a few separators between: what may be a telephone number, a BSN, a date or any number. */
export class Run {
  starts = new Int32Array(64);
  ends = new Int32Array(64);
  /** How many groups there are. */
  count = 0;

  #add(start: number, end: number): void {
    if (this.count === this.starts.length) {
      const [starts, ends] = [this.starts, this.ends];
      this.starts = new Int32Array(2 * this.count);
      this.ends = new Int32Array(2 * this.count);
      this.starts.set(starts);
      this.ends.set(ends);
    }
    this.starts[this.count] = start;
    this.ends[this.count++] = end;
  }

  /** The run from `at`: each group at most four separators on, or one colon between two digits. */
  read(text: Codes, at: number): this {
    this.count = 0;
    let end = digitsEnd(text, at);
    this.#add(at, end);
    for (;;) {
      let next = end;
      while (next - end < 4 && isSeparator(text[next]!)) next++;
      if (next === end && text[end] === 58) next = end + 1;
      if (next === end || !isDigit(text[next]!)) return this;
      end = digitsEnd(text, next);
      this.#add(next, end);
    }
  }
}
const year = '(?:19|20)\\d\\d';
const time = '(?:[01]?\\d|2[0-4])[:.][0-5]\\d';
const clock = '(?:[01]?\\d|2[0-4]):[0-5]\\d';
const dash = '\\s?[-\\u2010-\\u2015\\u2212]\\s?';
/** From one year to another, from one time of the day to another, a few times, or a day and its time. */
const moments = new RegExp(
  `^(?:${year}(?:${dash}|\\s?[/\\n]\\s?)${year}|${time}(?:${dash}|/)${time}|` +
    `(?:\\d\\d?[-/]\\d\\d? )?${clock}(?:(?:${dash}|\\s{1,2}|/)${clock}){0,3})$`,
);
/** No text of moments is longer; what is, is not tried. */
const longestMoments = 48;
/** Whether the groups from `first` up to `after` are years, times of the day, or a day and its time. */
export function isMoments(text: Codes, { starts, ends }: Run, first: number, after: number): boolean {
  const [start, end] = [starts[first]!, ends[after - 1]!];
  const count = after - first;
  if (count < 2 || count > 10 || end - start > longestMoments) return false;
  for (let group = first; group < after; group++) {
    const digits = ends[group]! - starts[group]!;
    if (digits > 2 && !(digits === 4 && count === 2)) return false;
  }
  return moments.test(textOf(text, start, end));
}
