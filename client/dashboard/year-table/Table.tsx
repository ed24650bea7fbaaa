import type { IndicatorsAnswer } from '#shared/contract/year-table.ts';
import { EditRow } from './EditRow.tsx';
import type { Item } from './queries.ts';
import { useYearWords } from './words.ts';

const columns = ['indicator', 'unit', 'target', 'realised', 'met', 'note', 'source'] as const;

function Realised({ row }: { row: NonNullable<Item['row']> }) {
  const { w, grade, whole } = useYearWords();
  const facts = [
    row.n !== null && row.n > 0 && w(row.own ? 'n.own' : 'n.outside', { n: whole(row.n) }),
    row.low !== null && row.high !== null && w('between', { low: grade(row.low), high: grade(row.high) }),
    row.measuredIn !== null && w('measured', { year: row.measuredIn }),
    row.realised === null && row.mixedMethods && w('mixed'),
    row.realised === null && row.own && !row.mixedMethods && w('few.words'),
    row.entered &&
      row.computed !== null &&
      row.computed !== row.realised &&
      w('computed.other', { grade: grade(row.computed) }),
  ].filter(Boolean);
  return (
    <>
      <span className="kp-year__grade">{row.realised === null ? w('missing') : grade(row.realised)}</span>
      {facts.map((fact) => (
        <span key={String(fact)} className="kp-year__fact">
          {fact}
        </span>
      ))}
    </>
  );
}

function Met({ row }: { row: NonNullable<Item['row']> }) {
  const { w } = useYearWords();
  if (row.met === null) return <span className="kp-year__fact">{w('missing')}</span>;
  return (
    <>
      <span className={`kp-year__met kp-year__met--${row.met ? 'yes' : 'no'}`}>
        {w(row.met ? 'yes' : 'no')}
      </span>
      {row.certainty && <span className="kp-year__fact">{w(`sure.${row.certainty}`)}</span>}
    </>
  );
}

export interface TableProps {
  year: number;
  answer: IndicatorsAnswer;
  mayEdit: boolean;
  editing: string | null;
  onEdit: (key: string | null) => void;
  onDefine: (key: string) => void;
}

/** As on the page of the year report; on a phone every indicator is a block of its own. */
export function Table({ year, answer, mayEdit, editing, onEdit, onDefine }: TableProps) {
  const { w, grade } = useYearWords();
  return (
    <div className="kp-year__sheet">
      <table className="kp-year">
        <caption className="kp-hidden">{w('title.year', { year })}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" className={`kp-year__${column}`}>
                {w(`col.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answer.items.map((item) => {
            const { row, late } = item;
            if (!row) return null;
            return (
              <tr key={row.key}>
                <th scope="row" className="kp-year__indicator">
                  {row.name}
                  {mayEdit && !answer.frozen && editing !== row.key && (
                    <button
                      type="button"
                      className="kp-quiet kp-screen kp-year__edit"
                      aria-label={w('edit.of', { name: row.name })}
                      onClick={() => onEdit(row.key)}
                    >
                      {w('edit')}
                    </button>
                  )}
                </th>
                {editing === row.key ? (
                  <td colSpan={6}>
                    <EditRow
                      item={item}
                      row={row}
                      year={year}
                      onDone={() => onEdit(null)}
                      onDefine={() => onDefine(row.key)}
                    />
                  </td>
                ) : (
                  <>
                    <td data-name={w('col.unit')}>{row.unit}</td>
                    <td data-name={w('col.target')} className="kp-year__number">
                      {row.target === null ? w('missing') : grade(row.target)}
                    </td>
                    <td data-name={w('col.realised')} className="kp-year__number">
                      <Realised row={row} />
                      {late && (
                        <span className="kp-year__late">
                          {w('late', { n: late.more + late.fewer, grade: grade(late.computed) })}
                        </span>
                      )}
                    </td>
                    <td data-name={w('col.met')}>
                      <Met row={row} />
                    </td>
                    <td data-name={w('col.note')} className="kp-year__words">
                      {row.note}
                    </td>
                    <td data-name={w('col.source')}>{row.source}</td>
                  </>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
