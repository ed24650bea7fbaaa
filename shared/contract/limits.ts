/** Every size, count and duration that the outside can run into. Bytes, counts and milliseconds. */
export const limits = {
  bodyBytes: 16 * 1024,
  batchBytes: 1024 * 1024,
  batchRatings: 500,
  commentLength: 2_000,
  answerLength: 2_000,
  answers: 20,
  /** No rating is older than this instant (2000-01-01T00:00:00Z). */
  earliest: 946_684_800_000,
  /** A single rating may be this far ahead of the server's clock. */
  ahead: 24 * 3_600_000,
  /** A batch whose clock is off by more than this is corrected. */
  clockTolerance: 30_000,
  /** A rating may be added to for this long. */
  additionWindow: 30 * 60_000,
  /** Below this count no average is given; below the next it is only indicative. */
  indicative: 10,
  enough: 30,
  filterValues: 200,
  /** Follow-up questions of a touchpoint, and the options of one. */
  questions: 5,
  options: 10,
  questionLength: 300,
  questionnaireBytes: 256 * 1024,
  /** A kiosk waits at least so many seconds before it warns that it will begin again. */
  idleSeconds: 15,
  /** A form token younger than this was not filled in by a person; one older is no longer believed. Milliseconds. */
  formTokenAge: 2_000,
  formTokenLife: 24 * 3_600_000,
} as const;
