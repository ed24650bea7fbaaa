import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Explanation } from '#shared/contract/explanation.ts';
import { ViewSwitch } from '../../ui/view-switch/ViewSwitch.tsx';
import { axisOf, type FallStep } from '../../ui/waterfall/layout.ts';
import { Waterfall } from '../../ui/waterfall/Waterfall.tsx';
import { Pictured } from '../now/SavePicture.tsx';
import { FallTable } from './FallTable.tsx';
import { mainOf, type Step, stepsOf } from './steps.ts';
import { useWhyWords, type WhyWords } from './words.ts';

export function stepName({ what }: Step, { w, nameOf }: WhyWords): string {
  switch (what.kind) {
    case 'mix':
      return what.dimension === null
        ? w('fall.mix.all')
        : w('fall.mix', { dimension: w(`of.${what.dimension}`) });
    case 'within':
      return nameOf(what.segment);
    case 'others':
      return w('fall.others', { n: what.count, dimension: w(`of.${what.dimension}`) });
    case 'rest':
      return w('fall.rest');
  }
}

function mixWords(explanation: Explanation, { what, value }: Step, { w, nameOf }: WhyWords): string {
  const main = what.kind === 'mix' && what.dimension && mainOf(explanation, what.dimension, value);
  if (!main) return w('fall.mix.detail');
  const more = main.nCurrent / explanation.current.n > main.nBase / explanation.base.n;
  return w(more ? 'fall.mix.more' : 'fall.mix.less', { name: nameOf(main) });
}

function detailOf(explanation: Explanation, step: Step, words: WhyWords): string {
  const { w, t, margin } = words;
  const { kind } = step.what;
  if (kind === 'rest') return w('fall.rest.detail');
  const what =
    kind === 'mix'
      ? mixWords(explanation, step, words)
      : w(step.value < 0 ? 'fall.within.down' : 'fall.within.up');
  if (!step.proven) return w('fall.unproven', { what });
  if (step.low === null || step.high === null) return what;
  return w('fall.margin', {
    what,
    margin: t('figure.margin', { margin: margin((step.high - step.low) / 2) }),
  });
}

function barsOf(explanation: Explanation, steps: readonly Step[], words: WhyWords): FallStep[] {
  const { w, grade, signed } = words;
  const total = (key: 'was' | 'is', level: number): FallStep => ({
    ...{ key, label: w(key), text: grade(level), from: level, to: level, kind: 'total', tone: 'none' },
  });
  const { base, current } = explanation;
  let level = base.mean ?? 0;
  const bars = steps.map((step): FallStep => {
    const from = level;
    level += step.value;
    const { what, proven, rounded, low, high } = step;
    return {
      ...{
        key: step.key,
        label: stepName(step, words),
        detail: detailOf(explanation, step, words),
        from,
        to: level,
      },
      text: signed(rounded),
      spoken:
        low === null || high === null
          ? signed(rounded)
          : w('fall.value', { n: signed(rounded), low: signed(low), high: signed(high) }),
      kind: proven ? 'proven' : 'pale',
      tone: !proven ? 'none' : what.kind === 'mix' ? 'mix' : step.value < 0 ? 'down' : 'up',
    };
  });
  return [total('was', base.mean ?? 0), ...bars, total('is', current.mean ?? 0)];
}

/** The way from the old grade to the new one, drawn or as a table; nothing where they may not be compared. */
export function Fall({ explanation }: { explanation: Explanation }) {
  const words = useWhyWords();
  const { w, t, grade, signed } = words;
  const { view } = useSearch({ from: '__root__' });
  const navigate = useNavigate();
  const steps = stepsOf(explanation);
  const { base, current, change } = explanation;
  if (!steps || base.mean === null || current.mean === null || change.value === null) return null;

  const bars = barsOf(explanation, steps, words);
  const axis = axisOf(bars.flatMap(({ from, to }) => [from, to]));
  const [from, to] = [grade(base.mean), grade(current.mean)];
  return (
    <section className="kp-why__part" aria-labelledby="fall">
      <div className="kp-why__bar">
        <h2 id="fall" className="kp-why__title">
          {from === to ? w('fall.title.same') : w('fall.title', { from, to })}
        </h2>
        <ViewSwitch
          table={view === 'table'}
          words={{ legend: t('view.legend'), charts: t('view.charts'), table: t('view.table') }}
          onChange={(table) =>
            navigate({
              to: '/waarom',
              search: (search) => ({ ...search, view: table ? 'table' : undefined }),
              resetScroll: false,
            })
          }
        />
      </div>
      {view === 'table' ? (
        <FallTable explanation={explanation} steps={steps} />
      ) : (
        <Pictured name={w('fall.label')}>
          <div className="kp-sheet kp-why__fall">
            <Waterfall steps={bars} axis={axis} mark={grade} label={w('fall.label')} />
            <p className="kp-why__sum">
              {steps.map(({ rounded }) => signed(rounded)).join(' ')} ={' '}
              <strong>{signed(change.value)}</strong>
            </p>
            <p className="kp-why__key">
              {axis.from > 1 && <span>{w('fall.cut', { n: grade(axis.from) })}</span>}
              <span>
                <i className="kp-why__swatch" /> {w('fall.key.proven')}
              </span>
              <span>
                <i className="kp-why__swatch kp-why__swatch--pale" /> {w('fall.key.pale')}
              </span>
            </p>
          </div>
        </Pictured>
      )}
    </section>
  );
}
