import { useEffect, useRef } from 'react';
import { useReactionWords } from './words.ts';

const keys = [
  ['j', 'keys.j'],
  ['k', 'keys.k'],
  ['x', 'keys.x'],
  ['e', 'keys.e'],
  ['/', 'keys.slash'],
  ['Esc', 'keys.escape'],
] as const;

/** Which keys do what; opened by "?" or its button. */
export function KeysHelp({
  open,
  onClose,
  onOpen,
}: {
  open: boolean;
  onClose: () => void;
  onOpen: () => void;
}) {
  const { w } = useReactionWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <>
      <button type="button" className="kp-quiet kp-screen kp-inbox__keys" onClick={onOpen}>
        {w('keys.show')}
      </button>
      <dialog ref={dialog} className="kp-keys" aria-labelledby="keys" onClose={onClose}>
        <h2 id="keys">{w('keys.title')}</h2>
        <dl>
          {keys.map(([key, name]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{w(name)}</dd>
            </div>
          ))}
        </dl>
        <form method="dialog">
          <button type="submit" className="utrecht-button utrecht-button--primary-action">
            OK
          </button>
        </form>
      </dialog>
    </>
  );
}

export interface KeyActions {
  next: (step: 1 | -1) => void;
  choose: () => void;
  done: () => void;
  search: () => void;
  back: () => void;
  help: () => void;
}

/** Single keys, only where nobody is typing and nothing is asked. */
export function useKeys(actions: KeyActions): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      // Focus stays for a moment in a dialog that was closed.
      if (event.ctrlKey || event.metaKey || event.altKey || target.closest('dialog[open]')) return;
      if (event.key === 'Escape') return latest.current.back();
      if (target.matches('input:not([type="checkbox"]), textarea, select')) return;
      const action = {
        j: () => latest.current.next(1),
        k: () => latest.current.next(-1),
        x: latest.current.choose,
        e: latest.current.done,
        '/': latest.current.search,
        '?': latest.current.help,
      }[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
