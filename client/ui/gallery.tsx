import { createRoot } from 'react-dom/client';
import './theme/index.css';
import './gallery.css';
import { examples as connectionState } from './connection-state/examples.tsx';
import { examples as distribution } from './distribution/examples.tsx';
import type { Examples } from './example.ts';
import { examples as filterBar } from './filter-bar/examples.tsx';
import { examples as form } from './form/examples.tsx';
import { examples as grade } from './grade/examples.tsx';
import { examples as lineChart } from './line-chart/examples.tsx';
import { examples as periodPicker } from './period-picker/examples.tsx';
import { examples as pulseLine } from './pulse-line/examples.tsx';
import { examples as sparkline } from './sparkline/examples.tsx';
import { examples as states } from './states/examples.tsx';
import { examples as verdict } from './verdict/examples.tsx';
import { examples as viewSwitch } from './view-switch/examples.tsx';
import { examples as waterfall } from './waterfall/examples.tsx';

const components: Record<string, Examples> = {
  Grade: grade,
  Verdict: verdict,
  Distribution: distribution,
  Sparkline: sparkline,
  LineChart: lineChart,
  Waterfall: waterfall,
  PulseLine: pulseLine,
  ConnectionState: connectionState,
  PeriodPicker: periodPicker,
  FilterBar: filterBar,
  ViewSwitch: viewSwitch,
  States: states,
  Form: form,
};

createRoot(document.getElementById('root')!).render(
  <main className="kp-gallery">
    <h1>Bouwstenen</h1>
    {Object.entries(components).map(([name, examples]) => (
      <section key={name}>
        <h2>{name}</h2>
        {Object.entries(examples).map(([state, example]) => (
          <div key={state} className="kp-gallery__example" data-example={`${name}: ${state}`}>
            <p className="kp-gallery__state">{state}</p>
            {example}
          </div>
        ))}
      </section>
    ))}
  </main>,
);
