/**
 * <klantpuls-rating touchpoint="website">: a rapportcijfer on any page. Sets no cookie, stores nothing, asks nothing
 * of the page's Content-Security-Policy but `script-src` and `connect-src` for the server that it comes from.
 */
import { ratingId } from '#shared/core/rating-id.ts';
import { h } from './dom.ts';
import { type Asked, ask } from './form.ts';
import { panel } from './panel.ts';
import css from './widget.css?inline';

const script = document.currentScript;
const server = new URL(script instanceof HTMLScriptElement ? script.src : location.href).origin;
const name = 'klantpuls-rating';

class KlantpulsRating extends HTMLElement {
  async connectedCallback(): Promise<void> {
    const touchpoint = this.getAttribute('touchpoint');
    if (!touchpoint || this.shadowRoot || Math.random() >= Number(this.getAttribute('sample') ?? 1)) return;
    const wanted = this.getAttribute('language') || this.closest<HTMLElement>('[lang]')?.lang || 'nl';
    const language = wanted.slice(0, 2).toLowerCase();
    const api = `${server}/api/v1/`;
    const id = ratingId();
    const asked = await ask(
      `${api}touchpoints/${encodeURIComponent(touchpoint)}/form?language=${language}&rating=${id}`,
    );
    // Until here the link inside the element stood; the element may have been moved meanwhile.
    if (this.shadowRoot) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    const content = panel(asked, {
      ratings: `${api}ratings`,
      context: {
        id,
        touchpoint,
        language: asked.language,
        product: this.getAttribute('product') ?? undefined,
        form: asked.version,
        formToken: asked.formToken,
      },
      link: (way) => this.getAttribute(way),
      rated: ({ grade, smiley }) =>
        this.dispatchEvent(
          new CustomEvent('klantpuls:rated', {
            bubbles: true,
            composed: true,
            detail: { touchpoint, grade, smiley },
          }),
        ),
    });
    root.append(...(this.getAttribute('mode') === 'button' ? behindButton(asked, content) : [content]));
  }
}

function behindButton({ question, texts }: Asked, content: HTMLElement): HTMLElement[] {
  const close = h('button', { type: 'button', class: 'close', 'aria-label': texts.close }, '×');
  const dialog = h('dialog', { 'aria-label': question, closedby: 'any', dir: texts.dir }, close, content);
  const open = h('button', { type: 'button', class: 'open', 'aria-haspopup': 'dialog' }, texts.open);
  open.addEventListener('click', () => {
    dialog.showModal();
    content.querySelector('input')?.focus();
  });
  close.addEventListener('click', () => dialog.close());
  return [open, dialog];
}

// An older browser keeps what is inside the element: the link to the plain form.
if ('replaceSync' in CSSStyleSheet.prototype && !customElements.get(name))
  customElements.define(name, KlantpulsRating);
