import type { Explanation } from '#shared/contract/explanation.ts';
import { TableFrame } from '../now/TableFrame.tsx';
import { stepName } from './Fall.tsx';
import type { Step } from './steps.ts';
import { useWhyWords } from './words.ts';

/** The same steps with the same figures, and the grade after each. */
export function FallTable({ explanation, steps }: { explanation: Explanation; steps: readonly Step[] }) {
  const words = useWhyWords();
  const { w, t, grade, size, signed } = words;
  const { base, current, change } = explanation;
  let level = base.mean ?? 0;
  return (
    <TableFrame caption={w('fall.label')}>
      <thead>
        <tr>
          <th scope="col">{w('fall.step')}</th>
          <th scope="col">{w('fall.points')}</th>
          <th scope="col">{w('fall.low')}</th>
          <th scope="col">{w('fall.high')}</th>
          <th scope="col">{w('fall.proof')}</th>
          <th scope="col">{w('fall.level')}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{w('was')}</th>
          <td colSpan={4} />
          <td>
            <strong>{grade(base.mean)}</strong> ({size(level)})
          </td>
        </tr>
        {steps.map((step) => {
          level += step.value;
          return (
            <tr key={step.key}>
              <th scope="row">{stepName(step, words)}</th>
              <td>{signed(step.rounded)}</td>
              <td>{step.low === null ? t('figure.missing') : signed(step.low)}</td>
              <td>{step.high === null ? t('figure.missing') : signed(step.high)}</td>
              <td>{step.what.kind === 'rest' ? '' : w(step.proven ? 'fall.yes' : 'fall.no')}</td>
              <td>{size(level)}</td>
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{w('is')}</th>
          <td>{signed(change.value ?? 0)}</td>
          <td>{signed(change.low ?? 0)}</td>
          <td>{signed(change.high ?? 0)}</td>
          <td />
          <td>
            <strong>{grade(current.mean)}</strong> ({size(current.mean ?? 0)})
          </td>
        </tr>
      </tfoot>
    </TableFrame>
  );
}
