import { useState } from 'react';
import type { Examples } from '../example.ts';
import { Grade } from './Grade.tsx';

function Rolling() {
  const [up, setUp] = useState(false);
  return (
    <button
      type="button"
      className="utrecht-button utrecht-button--secondary-action"
      onClick={() => setUp(!up)}
    >
      <Grade text={up ? '7,2' : '7,1'} size="row" />
    </button>
  );
}

export const examples: Examples = {
  hero: <Grade text="7,1" size="hero" />,
  row: <Grade text="6,6" size="row" />,
  list: <Grade text="10" size="list" />,
  'in a row, indicative': <Grade text="8,0" size="row" tone="soft" />,
  missing: <Grade text="n.b." size="row" tone="missing" />,
  'rolls over when pressed': <Rolling />,
};
