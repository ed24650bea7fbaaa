import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import './filter-bar.css';

export interface ChoiceOption {
  key: string;
  text: string;
}
export interface ChoiceProps {
  name: string;
  options: readonly ChoiceOption[];
  chosen: readonly string[];
  /** Also where there is one thing to choose: one more is a choice by itself. */
  always?: boolean;
  words: { all: string; several: (count: number) => string; clear: string };
  onChange: (chosen: string[]) => void;
}

/** A button that says what is chosen, and opens a list of tick boxes. */
export function Choice({ name, options, chosen, words, onChange }: ChoiceProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const whole = useRef<HTMLFieldSetElement>(null);
  const button = useRef<HTMLButtonElement>(null);

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

  const one =
    chosen.length === 1 ? (options.find(({ key }) => key === chosen[0])?.text ?? chosen[0]) : undefined;
  return (
    <fieldset className="kp-choice" ref={whole} onKeyDown={onKeyDown}>
      <legend className="kp-hidden">{name}</legend>
      <button
        type="button"
        ref={button}
        className={`kp-choice__button${chosen.length > 0 ? ' kp-choice__button--set' : ''}`}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {one ?? (chosen.length > 1 ? words.several(chosen.length) : words.all)}
        <svg className="kp-choice__caret" viewBox="0 0 10 6" aria-hidden="true" focusable="false">
          <path d="m1 1 4 4 4-4" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
        </svg>
      </button>
      <div id={id} className="kp-choice__list" hidden={!open}>
        {options.map(({ key, text }) => (
          <label key={key} className="kp-choice__option">
            <input
              type="checkbox"
              checked={chosen.includes(key)}
              onChange={({ target }) =>
                onChange(target.checked ? [...chosen, key] : chosen.filter((each) => each !== key))
              }
            />
            {text}
          </label>
        ))}
        {chosen.length > 0 && (
          <button type="button" className="kp-choice__clear" onClick={() => onChange([])}>
            {words.clear}
          </button>
        )}
      </div>
    </fieldset>
  );
}
