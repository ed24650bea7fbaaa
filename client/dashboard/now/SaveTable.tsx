import type { RefObject } from 'react';
import { useWords } from '../messages/words.tsx';

export interface SaveTableProps {
  table: RefObject<HTMLTableElement | null>;
  /** Id of the words that name the table. */
  named: string;
}

/** A table as a spreadsheet opens it. */
export function SaveTable({ table, named }: SaveTableProps) {
  const { t } = useWords();
  async function save() {
    const { saveTable } = await import('../../ui/save/save.ts');
    if (table.current) saveTable(table.current, document.getElementById(named)?.textContent ?? '');
  }
  return (
    <button type="button" className="kp-quiet kp-screen" aria-describedby={named} onClick={save}>
      {t('table.csv')}
    </button>
  );
}
