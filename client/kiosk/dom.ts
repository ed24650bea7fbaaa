type Handler = (event: Event) => void;
type Attributes = Record<string, string | number | boolean | undefined | Handler>;
export type Child = Node | string | false | undefined;

/** An element with attributes, listeners (`onclick`) and children; nothing is ever parsed as markup. */
export const h = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] => dress(document.createElement(tag), attributes, children);

/** The same for drawings. */
export const svg = (tag: string, attributes: Attributes, ...children: Child[]): Element =>
  dress(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);

function dress<E extends Element>(element: E, attributes: Attributes, children: Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(
    ...children.filter((child): child is Node | string => child !== undefined && child !== false),
  );
  return element;
}
