import { type ReactNode, useId, useRef } from 'react';
import { SavePicture } from './SavePicture.tsx';
import { SaveTable } from './SaveTable.tsx';
import './table.css';

export interface TableFrameProps {
  caption: string;
  children: ReactNode;
  /** Where the table is a picture too: the name of that file. */
  picture?: string;
}

/** A wide table scrolls inside its frame, by keyboard too, so that the page does not. It can be saved as it stands. */
export function TableFrame({ caption, children, picture }: TableFrameProps) {
  const id = useId();
  const table = useRef<HTMLTableElement>(null);
  const frame = useRef<HTMLElement>(null);
  return (
    <div className="kp-table__whole">
      <section
        ref={frame}
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
      <p className="kp-saves kp-screen">
        <SaveTable table={table} named={id} />
        {picture !== undefined && <SavePicture picture={frame} name={picture} about={picture} />}
      </p>
    </div>
  );
}
