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

export const saveTable = (table: HTMLTableElement): void =>
  // The mark at the start tells spreadsheets that it is UTF-8.
  saveBlob(
    fileNameOf(table.caption?.textContent ?? 'klantpuls', 'csv'),
    new Blob([`\uFEFF${csvOf(table)}\r\n`], { type: 'text/csv' }),
  );

const kept = [
  ...[
    'fill',
    'fill-opacity',
    'stroke',
    'stroke-width',
    'stroke-dasharray',
    'stroke-linejoin',
    'stroke-linecap',
  ],
  ...['opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor'],
];
const room = 56;

/** A chart as a picture of its own: the look is written on every element, a title and a background are added. */
function standAlone(svg: SVGSVGElement, title: string): { text: string; width: number; height: number } {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll('*')];
  for (const [place, element] of [copy, ...copy.querySelectorAll('*')].entries()) {
    const look = getComputedStyle(originals[place]!);
    for (const name of kept) element.setAttribute(name, look.getPropertyValue(name));
    element.removeAttribute('class');
  }
  const { width, height } = svg.getBoundingClientRect();
  const look = getComputedStyle(svg);
  const [ink, paper] = ['--kp-ink', '--kp-sheet'].map((name) => look.getPropertyValue(name));
  const add = (name: string, attributes: Record<string, string | number>) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    copy.prepend(element);
    return element;
  };
  const words = add('text', {
    ...{ x: 16, y: 20 - room / 2 + 4, fill: ink ?? '#000', 'font-size': 17 },
    'font-family': look.fontFamily,
  });
  words.textContent = title;
  add('rect', { x: -8, y: -room + 8, width: width + 24, height: height + room + 8, fill: paper ?? '#fff' });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('viewBox', `-8 ${-room + 8} ${width + 24} ${height + room + 8}`);
  copy.setAttribute('width', String(width + 24));
  copy.setAttribute('height', String(height + room + 8));
  return {
    text: new XMLSerializer().serializeToString(copy),
    width: width + 24,
    height: height + room + 8,
  };
}

export function saveSvg(svg: SVGSVGElement, title: string): void {
  const { text } = standAlone(svg, title);
  saveBlob(fileNameOf(title, 'svg'), new Blob([text], { type: 'image/svg+xml' }));
}

/** At twice the size, sharp enough for a printed report. */
export async function savePng(svg: SVGSVGElement, title: string): Promise<void> {
  const { text, width, height } = standAlone(svg, title);
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
