import { type ReactNode, useId, useRef } from 'react';
import { SaveTable } from './SaveTable.tsx';
import './table.css';

/** A wide table scrolls inside its frame, by keyboard too, so that the page does not. It can be saved as it stands. */
export function TableFrame({ caption, children }: { caption: string; children: ReactNode }) {
  const id = useId();
  const table = useRef<HTMLTableElement>(null);
  return (
    <div className="kp-table__whole">
      <section
        className="kp-table__frame"
        aria-labelledby={id}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
        tabIndex={0}
      >
        <table className="kp-table" ref={table}>
          <caption id={id}>{caption}</caption>
          {children}
        </table>
      </section>
      <SaveTable table={table} named={id} />
    </div>
  );
}
