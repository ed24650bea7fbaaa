import { type FormEvent, useId, useState } from 'react';
import '../view-switch/view-switch.css';
import './period-picker.css';

export type ChosenPeriod<Running extends string> = Running | { from: string; to: string };

export interface PeriodPickerProps<Running extends string> {
  value: ChosenPeriod<Running>;
  running: readonly { key: Running; text: string }[];
  /** What the date fields show first. */
  range: { from: string; to: string };
  words: { legend: string; choose: string; from: string; to: string; show: string; order: string };
  onChange: (value: ChosenPeriod<Running>) => void;
}

export function PeriodPicker<Running extends string>({
  value,
  running,
  range,
  words,
  onChange,
}: PeriodPickerProps<Running>) {
  const name = useId();
  const [choosing, setChoosing] = useState(false);
  const [wrong, setWrong] = useState(false);
  const open = choosing || typeof value !== 'string';

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const from = String(data.get('from'));
    const to = String(data.get('to'));
    const right = from !== '' && to !== '' && from <= to;
    setWrong(!right);
    if (right) onChange({ from, to });
  }

  const option = (key: string, text: string, checked: boolean, choose: () => void) => (
    <label key={key} className="kp-segment">
      <input type="radio" name={name} className="kp-period__radio" checked={checked} onChange={choose} />
      {text}
    </label>
  );

  return (
    <div className="kp-period">
      <fieldset className="kp-segments kp-period__options">
        <legend className="kp-hidden">{words.legend}</legend>
        {running.map(({ key, text }) =>
          option(key, text, !open && value === key, () => {
            setChoosing(false);
            onChange(key);
          }),
        )}
        {option('choose', words.choose, open, () => setChoosing(true))}
      </fieldset>
      {open && (
        <form className="kp-period__dates" onSubmit={submit} noValidate key={`${range.from}${range.to}`}>
          {(['from', 'to'] as const).map((end) => (
            <label key={end} className="kp-period__date">
              {words[end]}
              <input
                type="date"
                name={end}
                className="kp-period__input"
                defaultValue={range[end]}
                aria-invalid={wrong}
                aria-describedby={wrong ? `${name}-wrong` : undefined}
              />
            </label>
          ))}
          <button type="submit" className="utrecht-button utrecht-button--secondary-action kp-period__show">
            {words.show}
          </button>
          {wrong && (
            <p role="alert" id={`${name}-wrong`} className="kp-period__wrong">
              {words.order}
            </p>
          )}
        </form>
      )}
    </div>
  );
}
