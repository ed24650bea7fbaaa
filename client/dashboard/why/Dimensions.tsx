import { useId, useState } from 'react';
import type { ExplainDimension } from '#shared/contract/explanation.ts';
import { explainDimensions } from '#shared/contract/lists.ts';
import '../../ui/filter-bar/filter-bar.css';
import { mostDimensions } from './question.ts';
import { useWhyWords } from './words.ts';

/** Where the change is looked for: one to four. On a phone they fold away behind what is chosen. */
export function Dimensions({
  chosen,
  onChange,
}: {
  chosen: readonly ExplainDimension[];
  onChange: (chosen: ExplainDimension[]) => void;
}) {
  const { w, names } = useWhyWords();
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <fieldset className="kp-why__by" aria-describedby={`${id}-rule`}>
      <legend className="kp-why__legend">{w('by.legend')}</legend>
      <span id={`${id}-rule`} className="kp-hidden">
        {w('by.most')}
      </span>
      <button
        type="button"
        className="kp-choice__button kp-why__by-more"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {w('by.some', { names: names(chosen.map((key) => w(`by.${key}`))) })}
      </button>
      <div id={id} className={`kp-why__ticks${open ? ' kp-why__ticks--open' : ''}`}>
        {explainDimensions.map((key) => {
          const on = chosen.includes(key);
          const fixed = on ? chosen.length === 1 : chosen.length >= mostDimensions;
          return (
            <label key={key} className={`kp-why__tick${fixed ? ' kp-why__tick--fixed' : ''}`}>
              <input
                type="checkbox"
                checked={on}
                // It stays reachable, so that one can hear why it does not change.
                aria-disabled={fixed}
                onChange={() => {
                  if (!fixed) onChange(on ? chosen.filter((one) => one !== key) : [...chosen, key]);
                }}
              />
              {w(`by.${key}`)}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
