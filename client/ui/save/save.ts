import { pictureOf } from './drawing.ts';

/** Gives the reader a file with what they see. */
function saveBlob(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** A name that every file system takes, from words. */
export const fileNameOf = (words: string, kind: string): string =>
  `${words
    .normalize('NFKD')
    .replace(/[^\w]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase()
    .slice(0, 80)}.${kind}`;

/** A cell for a spreadsheet: never a formula, quoted where it must be. */
export function csvCell(text: string): string {
  const words = text.replace(/\s+/g, ' ').trim();
  const safe = /^[=+\-@]/.test(words) ? `'${words}` : words;
  return /[";]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The cells of a table as they are shown, with semicolons, as a Dutch spreadsheet opens them. */
export function csvOf(table: HTMLTableElement): string {
  return [...table.rows]
    .map((row) =>
      [...row.cells]
        .flatMap((cell) => [
          csvCell(cell.textContent ?? ''),
          ...Array.from({ length: cell.colSpan - 1 }, () => ''),
        ])
        .join(';'),
    )
    .join('\r\n');
}

export const saveTable = (table: HTMLTableElement, name: string): void =>
  // The mark at the start tells spreadsheets that it is UTF-8.
  saveBlob(
    fileNameOf(name || 'klantpuls', 'csv'),
    new Blob([`\uFEFF${csvOf(table)}\r\n`], { type: 'text/csv' }),
  );

export function saveSvg(element: Element, title: string): void {
  const { text } = pictureOf(element, title);
  saveBlob(fileNameOf(title, 'svg'), new Blob([text], { type: 'image/svg+xml' }));
}

/** At twice the size, sharp enough for a printed report. */
export async function savePng(element: Element, title: string): Promise<void> {
  const { text, width, height } = pictureOf(element, title);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * 2;
  canvas.height = height * 2;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
  if (blob) saveBlob(fileNameOf(title, 'png'), blob);
}
