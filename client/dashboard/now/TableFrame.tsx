import { type ReactNode, useId } from 'react';

/** A wide table scrolls inside its frame, by keyboard too, so that the page does not. */
export function TableFrame({ caption, children }: { caption: string; children: ReactNode }) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
    <section className="kp-table__frame" aria-labelledby={id} tabIndex={0}>
      <table className="kp-table">
        <caption id={id}>{caption}</caption>
        {children}
      </table>
    </section>
  );
}
