import type { ReactNode } from 'react';
import './form.css';

export interface FormButtonsProps {
  submit: string;
  busy?: boolean;
  /** Of a small form beside something that matters more. */
  quiet?: boolean;
  /** What became of it. */
  said?: string;
  /** For fields that are described by what is said. */
  saidId?: string;
  /** What else can be done; the way back last. */
  children?: ReactNode;
}

/** The end of a form: its button, what else can be done, and what became of it. */
export function FormButtons({
  submit,
  busy = false,
  quiet = false,
  said,
  saidId,
  children,
}: FormButtonsProps) {
  return (
    <div className="kp-form__buttons">
      <button
        type="submit"
        className={`utrecht-button utrecht-button--${quiet ? 'secondary' : 'primary'}-action`}
        disabled={busy}
      >
        {submit}
      </button>
      {children}
      {said !== undefined && (
        <p id={saidId} role="status">
          {said}
        </p>
      )}
    </div>
  );
}
