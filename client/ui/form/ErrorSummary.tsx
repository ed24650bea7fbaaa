import { useEffect, useRef } from 'react';
import './form.css';

/** Stands above the form, takes the focus, and links to each field that needs attention. */
export function ErrorSummary({
  title,
  errors,
  focus = true,
}: {
  title: string;
  errors: readonly { field?: string; text: string }[];
  focus?: boolean;
}) {
  const whole = useRef<HTMLDivElement>(null);
  // A new list of errors is a new attempt, so it takes the focus again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the effect reads nothing of the errors, and is meant to run when they change
  useEffect(() => {
    if (focus) whole.current?.focus();
  }, [errors, focus]);
  return (
    <div ref={whole} className="kp-errors utrecht-alert utrecht-alert--error" role="alert" tabIndex={-1}>
      <h2 className="kp-errors__title">{title}</h2>
      <ul className="kp-errors__list">
        {errors.map(({ field, text }) => (
          <li key={`${field}${text}`}>
            {field ? (
              <a
                href={`#${field}`}
                onClick={(event) => {
                  event.preventDefault();
                  document.getElementById(field)?.focus();
                }}
              >
                {text}
              </a>
            ) : (
              text
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
