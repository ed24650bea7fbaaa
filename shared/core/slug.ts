/** A key made of a name, and not one of those that are taken. */
export function slugOf(name: string, taken: readonly string[] = []): string {
  const slug =
    name
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 56) || 'naam';
  for (let number = 1; ; number++) {
    const key = number === 1 ? slug : `${slug}-${number}`;
    if (!taken.includes(key)) return key;
  }
}
