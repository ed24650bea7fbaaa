type Attributes = Record<string, string | boolean>;

const svg = 'http://www.w3.org/2000/svg';

function dress<E extends Element>(element: E, attributes: Attributes, children: (Node | string)[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children);
  return element;
}

/** An element with attributes and children; nothing is ever parsed as markup. `false` leaves an attribute out. */
export const h = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] => dress(document.createElement(tag), attributes, children);

/** The same for drawings. */
export const draw = (tag: string, attributes: Attributes, ...children: Node[]): Element =>
  dress(document.createElementNS(svg, tag), attributes, children);
