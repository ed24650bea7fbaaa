import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Touchpoint } from '#shared/contract/settings.ts';
import { widgetQuery } from './queries.ts';
import { useCollectWords } from './words.ts';

/** What an administrator copies into a page of the website. */
const snippetOf = (origin: string, key: string, widget: { path: string; integrity: string } | undefined) => {
  const source = widget
    ? `src="${origin}${widget.path}"\n  integrity="${widget.integrity}" crossorigin="anonymous"`
    : `src="${origin}/widget.js"`;
  return `<script defer ${source}></script>
<klantpuls-rating touchpoint="${key}">
  <a href="${origin}/f/${key}">Geef ons een cijfer</a>
</klantpuls-rating>`;
};

/** How residents come to a touchpoint: form, QR code, poster, widget. */
export function Ways({ point, guarded }: { point: Touchpoint; guarded: boolean }) {
  const { w } = useCollectWords();
  const { data: widget } = useQuery(widgetQuery);
  const [copied, setCopied] = useState(false);
  if (guarded)
    return (
      <section className="kp-collect__ways">
        <h4>{w('point.ways')}</h4>
        <p>{w('point.guarded')}</p>
      </section>
    );
  const { key, name } = point;
  const snippet = snippetOf(location.origin, key, widget);
  const title = `${w('point.snippet')}: ${name}`;
  return (
    <section className="kp-collect__ways" aria-label={`${w('point.ways')}: ${name}`}>
      <h4>{w('point.ways')}</h4>
      <div className="kp-collect__qr">
        <img src={`/q/${key}.svg`} alt={w('point.qr.alt', { name })} width="144" height="144" />
        <ul>
          <li>
            <a href={`/f/${key}`} target="_blank" rel="noreferrer">
              {w('point.form')}
            </a>
          </li>
          <li>
            <a href={`/q/${key}/poster`} target="_blank" rel="noreferrer">
              {w('point.poster')}
            </a>
          </li>
          <li>
            <a href={`/q/${key}.svg`} download={`qr-${key}.svg`}>
              {w('point.qr')}: {w('point.qr.svg')}
            </a>
          </li>
          <li>
            <a href={`/q/${key}.png`} download={`qr-${key}.png`}>
              {w('point.qr')}: {w('point.qr.png')}
            </a>
          </li>
        </ul>
      </div>
      <h4>{w('point.snippet')}</h4>
      <p className="kp-collect__soft">{w('point.snippet.help')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it */}
      <section className="kp-collect__snippet" tabIndex={0} aria-label={title}>
        <pre>
          <code>{snippet}</code>
        </pre>
      </section>
      <p className="kp-collect__buttons">
        <button
          type="button"
          className="utrecht-button utrecht-button--secondary-action"
          onClick={() => navigator.clipboard.writeText(snippet).then(() => setCopied(true))}
        >
          {w('copy')}
        </button>
        <span role="status">{copied && w('copied')}</span>
      </p>
      <p className="kp-collect__soft">{w('point.snippet.rolling')}</p>
    </section>
  );
}
