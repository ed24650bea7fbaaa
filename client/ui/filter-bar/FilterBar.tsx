import { type ReactNode, useId, useState } from 'react';
import { Choice, type ChoiceProps } from './Choice.tsx';
import './filter-bar.css';

export interface FilterBarProps {
  /** Stands first, and stays in sight on a phone. */
  period: ReactNode;
  choices: readonly ChoiceProps[];
  /** One thing to leave out, beside what is chosen. */
  tick?: { text: string; on: boolean; onChange: (on: boolean) => void } | undefined;
  words: { label: string; more: (set: number) => string; clear: string };
  onClear: () => void;
}

/** On a phone the choices fold away behind one button that says how many are set. */
export function FilterBar({ period, choices, tick, words, onClear }: FilterBarProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const set = choices.filter(({ chosen }) => chosen.length > 0).length + (tick?.on ? 1 : 0);
  return (
    <search className="kp-filters kp-screen" aria-label={words.label}>
      {period}
      <button
        type="button"
        className="kp-choice__button kp-filters__more"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {words.more(set)}
      </button>
      <div id={id} className={`kp-filters__choices${open ? ' kp-filters__choices--open' : ''}`}>
        {choices
          .filter(({ options, chosen }) => options.length > 1 || chosen.length > 0)
          .map((choice) => (
            <Choice key={choice.name} {...choice} />
          ))}
        {tick && (
          <label className="kp-choice__option">
            <input
              type="checkbox"
              checked={tick.on}
              onChange={({ target }) => tick.onChange(target.checked)}
            />
            {tick.text}
          </label>
        )}
        {set > 0 && (
          <button type="button" className="kp-choice__clear kp-filters__clear" onClick={onClear}>
            {words.clear}
          </button>
        )}
      </div>
    </search>
  );
}
