/** What is there already is kept; the new text comes below it, once. */
export function noteWith(known: string | undefined, text: string): string {
  if (!known?.trim()) return text;
  return known.includes(text) ? known : `${known.trim()}\n\n${text}`;
}
