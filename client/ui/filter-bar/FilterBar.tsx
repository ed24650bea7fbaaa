import { type ReactNode, useId, useState } from 'react';
import { Choice, type ChoiceProps } from './Choice.tsx';
import './filter-bar.css';

export interface FilterBarProps {
  /** Stands first, and stays in sight on a phone. */
  period: ReactNode;
  choices: readonly ChoiceProps[];
  words: { label: string; more: (set: number) => string; clear: string };
  onClear: () => void;
}

/** On a phone the choices fold away behind one button that says how many are set. */
export function FilterBar({ period, choices, words, onClear }: FilterBarProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const set = choices.filter(({ chosen }) => chosen.length > 0).length;
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
          .filter(({ options, chosen, always }) => options.length > 1 || chosen.length > 0 || always)
          .map((choice) => (
            <Choice key={choice.name} {...choice} />
          ))}
        {set > 0 && (
          <button type="button" className="kp-choice__clear kp-filters__clear" onClick={onClear}>
            {words.clear}
          </button>
        )}
      </div>
    </search>
  );
}
