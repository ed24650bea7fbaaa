/** A row of `ratings`, as the writer reads it back. */
export interface RatingRow {
  seq: number;
  placement: number;
  grade: number | null;
  smiley: number | null;
  product: number;
  language: number;
  form: number | null;
  at: number;
  received: number;
  given: number | null;
  marks: number;
  answers: string | null;
}

export const bytesOfId = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');
