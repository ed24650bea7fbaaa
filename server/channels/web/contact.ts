import { html, type Markup } from './html.ts';

/** A contact of the settings as a link, an address or a page; words where there is none. */
export function contactLink(contact: string | null, otherwise: string): Markup {
  if (contact === null) return html`${otherwise}`;
  return contact.startsWith('https:')
    ? html`${otherwise} via <a href="${contact}">${new URL(contact).host}</a>`
    : html`${otherwise} via <a href="mailto:${contact}">${contact}</a>`;
}
