import type { ReactNode } from 'react';
import './states.css';

export interface NoticeProps {
  title: string;
  children?: ReactNode;
  /** What can be done about it. */
  action?: ReactNode;
  tone?: 'plain' | 'error';
}

/** Fills the place of figures that are not there: nothing yet, or something went wrong. */
export function Notice({ title, children, action, tone = 'plain' }: NoticeProps) {
  return (
    <section className={`kp-notice kp-notice--${tone}`} role={tone === 'error' ? 'alert' : undefined}>
      <h2 className="kp-notice__title">{title}</h2>
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
