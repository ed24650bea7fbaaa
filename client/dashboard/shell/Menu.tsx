import { Link, useLocation, useSearch } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { Account } from '#shared/contract/access.ts';
import { useWords } from '../messages/words.tsx';
import { administration, menuFor, type Place, placeGroups, searchTo } from '../places.ts';
import './menu.css';

const isIn = (path: string, place: Place): boolean =>
  path === place.path || (place === administration && path.startsWith(`${place.path}/`));

/** One row of pages in three parts; on a narrow screen it folds away behind one button. */
export function Menu({ account }: { account: Account }) {
  const { t, language } = useWords();
  const search = useSearch({ from: '__root__' });
  const { pathname } = useLocation();
  const [open, setOpen] = useState(false);
  const id = useId();
  const whole = useRef<HTMLElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const groups = placeGroups
    .map((group) => ({ group, items: menuFor(account, group) }))
    .filter(({ items }) => items.length > 0);
  const current = groups.flatMap(({ items }) => items).find((place) => isIn(pathname, place));

  useEffect(() => {
    if (!open) return;
    const elsewhere = (event: Event) => {
      if (event.target instanceof Node && !whole.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', elsewhere);
    document.addEventListener('focusin', elsewhere);
    return () => {
      document.removeEventListener('pointerdown', elsewhere);
      document.removeEventListener('focusin', elsewhere);
    };
  }, [open]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape' || !open) return;
    setOpen(false);
    button.current?.focus();
  }

  return (
    <nav className="kp-menu kp-screen" aria-label={t('app.navigation')} ref={whole} onKeyDown={onKeyDown}>
      <button
        type="button"
        ref={button}
        className="kp-menu__button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <svg className="kp-menu__icon" viewBox="0 0 18 12" aria-hidden="true" focusable="false">
          <path d="M0 1h18M0 6h18M0 11h18" fill="none" stroke="currentColor" strokeWidth="2" />
        </svg>
        {t('nav.menu')}
        {current && <span className="kp-menu__current">{current.name[language]}</span>}
      </button>
      <div id={id} className={`kp-menu__groups${open ? ' kp-menu__groups--open' : ''}`}>
        {groups.map(({ group, items }) => (
          <ul key={group} className="kp-menu__group" aria-label={t(`nav.group.${group}`)}>
            {items.map((place) => (
              <li key={place.path}>
                <Link
                  to={place.path}
                  search={searchTo(place, search)}
                  className="kp-menu__link"
                  aria-current={isIn(pathname, place) ? 'page' : undefined}
                  activeProps={{}}
                  onClick={() => setOpen(false)}
                >
                  {place.name[language]}
                </Link>
              </li>
            ))}
          </ul>
        ))}
      </div>
    </nav>
  );
}
