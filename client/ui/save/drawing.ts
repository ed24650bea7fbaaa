const svgSpace = 'http://www.w3.org/2000/svg';
const room = 56;
const aside = 16;

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
  ...['opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor', 'vector-effect'],
];
/** What is there for who listens or presses is not in a picture. */
const unseen = '.kp-hidden, .kp-screen, .kp-readout, button, input, select';

type Attributes = Record<string, string | number>;

function made(name: string, attributes: Attributes, text?: string): SVGElement {
  const element = document.createElementNS(svgSpace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  if (text !== undefined) element.textContent = text;
  return element;
}

/** A drawing with its look written on every element, at its place. */
function drawingOf(svg: SVGSVGElement, { x, y, width, height }: DOMRect): SVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll('*')];
  for (const [place, element] of [copy, ...copy.querySelectorAll('*')].entries()) {
    const look = getComputedStyle(originals[place]!);
    if (look.display === 'none') element.setAttribute('display', 'none');
    for (const name of kept) element.setAttribute(name, look.getPropertyValue(name));
    element.removeAttribute('class');
  }
  for (const [key, value] of Object.entries({ x, y, width, height, overflow: 'visible' }))
    copy.setAttribute(key, String(value));
  return copy;
}

let measuring: CanvasRenderingContext2D | null = null;

/** The lines of a text as they are broken on the page. */
function linesOf(node: Text, look: CSSStyleDeclaration): SVGElement[] {
  measuring ??= document.createElement('canvas').getContext('2d');
  if (!measuring) return [];
  measuring.font = `${look.fontWeight} ${look.fontSize} ${look.fontFamily}`;
  const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } = measuring.measureText('x');
  const range = document.createRange();
  const lines: { rect: DOMRect; text: string }[] = [];
  for (const word of node.data.matchAll(/\S+\s*/g)) {
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].trimEnd().length);
    const rect = range.getBoundingClientRect();
    if (rect.width === 0) continue;
    const last = lines.at(-1);
    if (last && Math.abs(last.rect.top - rect.top) < 2) last.text += word[0];
    else lines.push({ rect, text: word[0] });
  }
  return lines.map(({ rect, text }) =>
    made(
      'text',
      {
        ...{ x: rect.x, y: rect.y + (rect.height * above) / (above + below), fill: look.color },
        ...{ 'font-family': look.fontFamily, 'font-size': look.fontSize, 'font-weight': look.fontWeight },
      },
      text.trim(),
    ),
  );
}

/** The background and the rules of a box. */
function boxOf({ x, y, width, height }: DOMRect, look: CSSStyleDeclaration): SVGElement[] {
  const transparent = /^rgba\(.*, 0\)$/.test(look.backgroundColor);
  const fill = transparent
    ? []
    : [
        made('rect', {
          x,
          y,
          width,
          height,
          fill: look.backgroundColor,
          rx: Number.parseFloat(look.borderRadius) || 0,
        }),
      ];
  const rule = (thickness: string, colour: string, place: Attributes) =>
    Number.parseFloat(thickness) > 0 ? [made('rect', { ...place, fill: colour })] : [];
  const [top, bottom] = [Number.parseFloat(look.borderTopWidth), Number.parseFloat(look.borderBottomWidth)];
  return [
    ...fill,
    ...rule(look.borderTopWidth, look.borderTopColor, { x, y, width, height: top }),
    ...rule(look.borderBottomWidth, look.borderBottomColor, {
      x,
      y: y + height - bottom,
      width,
      height: bottom,
    }),
  ];
}

function partsOf(node: Node, inherited: CSSStyleDeclaration): SVGElement[] {
  if (node instanceof Text) return linesOf(node, inherited);
  if (!(node instanceof Element) || node.matches(unseen)) return [];
  const look = getComputedStyle(node);
  const rect = node.getBoundingClientRect();
  // What is there for screen readers only is one pixel large.
  if (look.display === 'none' || look.visibility === 'hidden' || (rect.width <= 1 && rect.height <= 1))
    return [];
  if (node instanceof SVGSVGElement) return [drawingOf(node, rect)];
  return [...boxOf(rect, look), ...[...node.childNodes].flatMap((child) => partsOf(child, look))];
}

export interface Picture {
  text: string;
  /** Pixels. */
  width: number;
  height: number;
}

/** What is seen of an element as a picture of its own, with a title: drawings, words, rules and backgrounds. */
export function pictureOf(element: Element, title: string): Picture {
  const rect = element.getBoundingClientRect();
  const look = getComputedStyle(element);
  const [ink, paper] = ['--kp-ink', '--kp-sheet'].map((name) => look.getPropertyValue(name));
  const [width, height] = [rect.width + 2 * aside, rect.height + room + aside];
  const picture = made('svg', { xmlns: svgSpace, width, height, viewBox: `0 0 ${width} ${height}` });
  const moved = made('g', { transform: `translate(${aside - rect.x} ${room - rect.y})` });
  moved.append(...partsOf(element, look));
  picture.append(
    made('rect', { width, height, fill: paper || '#fff' }),
    made(
      'text',
      { x: aside, y: 34, fill: ink || '#000', 'font-size': 17, 'font-family': look.fontFamily },
      title,
    ),
    moved,
  );
  return { text: new XMLSerializer().serializeToString(picture), width, height };
}
