/** "7,3" or "7.3"; null for nothing, undefined when it is no grade. */
export function gradeIn(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const value = Number(text.trim().replace(',', '.'));
  return value >= 1 && value <= 10 ? value : undefined;
}
