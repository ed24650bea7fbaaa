import { useId } from 'react';
import '../../ui/period-picker/period-picker.css';
import '../../ui/view-switch/view-switch.css';

export interface ChooseProps<Value extends string> {
  legend: string;
  options: readonly { value: Value; text: string; disabled?: boolean }[];
  value: Value;
  onChange: (value: Value) => void;
}

/** One of a few, in a row. */
export function Choose<Value extends string>({ legend, options, value, onChange }: ChooseProps<Value>) {
  const name = useId();
  return (
    <fieldset className="kp-choose kp-screen">
      <legend className="kp-choose__legend">{legend}</legend>
      <div className="kp-segments kp-period__options">
        {options
          .filter(({ disabled, value: each }) => !disabled || each === value)
          .map(({ value: each, text }) => (
            <label key={each} className="kp-segment">
              <input
                type="radio"
                name={name}
                className="kp-period__radio"
                checked={each === value}
                onChange={() => onChange(each)}
              />
              {text}
            </label>
          ))}
      </div>
    </fieldset>
  );
}
