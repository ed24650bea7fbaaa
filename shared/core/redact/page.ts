import { type Codes, textOf } from './characters.ts';

/** So many noughts stand behind the end at least. */
const behind = 16;

/** A text that is read by its codes, or written by them, without a string per part. */
export class Page {
  codes: Codes;
  length = 0;

  constructor(room: number) {
    this.codes = new Uint16Array(room + behind);
  }

  #needs(more: number): void {
    if (this.length + more + behind <= this.codes.length) return;
    const wider = new Uint16Array(2 * (this.length + more) + behind);
    wider.set(this.codes.subarray(0, this.length));
    this.codes = wider;
  }

  /** Empties the page; what is put next stands at its begin. */
  clear(): this {
    this.length = 0;
    return this;
  }
  put(text: string): this {
    this.#needs(text.length);
    const { codes } = this;
    let to = this.length;
    for (let at = 0; at < text.length; at++) codes[to++] = text.charCodeAt(at);
    this.length = to;
    return this;
  }
  putCode(code: number): void {
    this.#needs(1);
    this.codes[this.length++] = code;
  }
  putPart(text: Codes, from: number, end: number): void {
    if (end <= from) return;
    this.#needs(end - from);
    const { codes } = this;
    let to = this.length;
    for (let at = from; at < end; at++) codes[to++] = text[at]!;
    this.length = to;
  }
  /** Leaves nothing of what stood on it. */
  wipe(): void {
    this.codes.fill(0, 0, this.length);
  }
  /** Sets the noughts behind the end: from now on it can be read. */
  close(): this {
    this.codes.fill(0, this.length, this.length + behind);
    return this;
  }

  equals({ codes, length }: Page): boolean {
    if (length !== this.length) return false;
    for (let at = 0; at < length; at++) if (codes[at] !== this.codes[at]) return false;
    return true;
  }
  toString(): string {
    let text = '';
    // As many at a time as any engine takes for arguments.
    for (let at = 0; at < this.length; at += 8192)
      text += textOf(this.codes, at, Math.min(at + 8192, this.length));
    return text;
  }
}
