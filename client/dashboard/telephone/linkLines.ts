/** Lines such as "204 = paspoort" as a record; the first line that is none of these is what is wrong. */
export function recordFrom(text: string): { record: Record<string, string>; wrong: string | null } {
  const record: Record<string, string> = {};
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const [, name, value] = /^\s*([^=\s]+)\s*=\s*(\S+)\s*$/.exec(line) ?? [];
    if (!name || !value) return { record, wrong: line.trim() };
    record[name] = value;
  }
  return { record, wrong: null };
}

export const linesFrom = (record: Record<string, string | number>): string =>
  Object.entries(record)
    .map(([name, value]) => `${name} = ${value}`)
    .join('\n');
