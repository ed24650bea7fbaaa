import './readout.css';

/** What a chart says at one position; the chart itself already tells assistive technology. */
export function Readout({ words, share }: { words: string | null; share: number }) {
  if (words === null) return null;
  const side = share < 0.34 ? 'start' : share > 0.66 ? 'end' : 'middle';
  return (
    <span className={`kp-readout kp-readout--${side}`} aria-hidden="true">
      {words}
    </span>
  );
}
