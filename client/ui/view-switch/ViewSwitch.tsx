import './view-switch.css';

/** Between charts and a table with the same figures. */
export function ViewSwitch({
  table,
  words,
  onChange,
}: {
  table: boolean;
  words: { charts: string; table: string; legend: string };
  onChange: (table: boolean) => void;
}) {
  const option = (value: boolean, text: string) => (
    <button
      type="button"
      aria-pressed={table === value}
      className="kp-segment"
      onClick={() => onChange(value)}
    >
      {text}
    </button>
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: two buttons are no form fields, so a fieldset would promise too much
    <div role="group" aria-label={words.legend} className="kp-segments kp-screen">
      {option(false, words.charts)}
      {option(true, words.table)}
    </div>
  );
}
