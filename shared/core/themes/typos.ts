/**
 * One slip of the finger: a letter too many, one missing, one wrong, or two that changed places. Words that are one slip
 * apart have a form in common when each may lose one letter (Wolf Garbe's symmetric deletes), so a table of those forms
 * finds them without comparing a word with all others.
 */
export const withoutOne = (word: string): string[] =>
  Array.from(word, (_, i) => word.slice(0, i) + word.slice(i + 1));

/** Whether the optimal string alignment distance is at most 1. */
export function withinOneEdit(a: string, b: string): boolean {
  if (a === b) return true;
  const [long, short] = a.length >= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let i = 0;
  while (i < short.length && long[i] === short[i]) i++;
  if (long.length > short.length) return long.slice(i + 1) === short.slice(i);
  if (long.slice(i + 1) === short.slice(i + 1)) return true;
  return long[i] === short[i + 1] && long[i + 1] === short[i] && long.slice(i + 2) === short.slice(i + 2);
}
