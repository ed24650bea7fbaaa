import type { ReactNode } from 'react';
import './states.css';

export interface NoticeProps {
  title: string;
  children?: ReactNode;
  /** What can be done about it. */
  action?: ReactNode;
  tone?: 'plain' | 'error';
  /** `h1` where the notice is all that the page says. */
  heading?: 'h1' | 'h2';
}

/** Fills the place of figures that are not there: nothing yet, or something went wrong. */
export function Notice({ title, children, action, tone = 'plain', heading: Heading = 'h2' }: NoticeProps) {
  return (
    <section className={`kp-notice kp-notice--${tone}`} role={tone === 'error' ? 'alert' : undefined}>
      <Heading className="kp-notice__title">{title}</Heading>
      {children && <p className="kp-notice__words">{children}</p>}
      {action && <div className="kp-notice__action">{action}</div>}
    </section>
  );
}

/** A quiet bar above figures that no longer move. */
export function OfflineBar({ words }: { words: string }) {
  return (
    <p className="kp-offline" role="status">
      {words}
    </p>
  );
}
