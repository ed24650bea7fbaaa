import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import type { Explanation } from '#shared/contract/explanation.ts';
import { limits } from '#shared/contract/limits.ts';
import type { YearRow } from '#shared/contract/year-table.ts';
import { ErrorSummary } from '../../ui/form/ErrorSummary.tsx';
import { FormButtons } from '../../ui/form/FormButtons.tsx';
import { get, put } from '../api/client.ts';
import { gradeIn } from './grade.ts';
import { forgetYears, type Item } from './queries.ts';
import { useYearWords } from './words.ts';

/** What a controller writes to one indicator and year. */
export function EditRow({
  item,
  row,
  year,
  onDone,
  onDefine,
}: {
  item: Item;
  row: YearRow;
  year: number;
  onDone: () => void;
  /** To change what the indicator is. */
  onDefine: () => void;
}) {
  const { w, grade, language } = useYearWords();
  const id = useId();
  const entry = item.years[String(year)];
  const written = (value: number | null | undefined) => (value == null ? '' : grade(value));
  const [filled, setFilled] = useState({
    target: written(entry?.target),
    realised: written(entry?.realised),
    n: entry?.n == null ? '' : String(entry.n),
    on: entry?.measuredOn ?? '',
    note: entry?.note ?? '',
  });
  /** What was wrong when it was last saved: a new list takes the focus, so it does not change while somebody types. */
  const [shown, setShown] = useState<{ field: string; text: string }[]>([]);
  const set = (change: Partial<typeof filled>) => setFilled({ ...filled, ...change });
  const target = gradeIn(filled.target);
  const realised = gradeIn(filled.realised);
  const n = filled.n.trim() === '' ? null : Number(filled.n);
  const wrong = [
    ...(target === undefined ? [{ field: `${id}-target`, text: w('wrong.grade') }] : []),
    ...(realised === undefined ? [{ field: `${id}-realised`, text: w('wrong.grade') }] : []),
    ...(n !== null && !(Number.isInteger(n) && n >= 0) ? [{ field: `${id}-n`, text: w('wrong.n') }] : []),
  ];
  const isWrong = (field: string) => shown.some((one) => one.field === `${id}-${field}`);
  const save = useMutation({
    mutationFn: () =>
      put(`indicators/${encodeURIComponent(row.key)}/${year}`, {
        ...{ target, realised, note: filled.note },
        ...(row.own ? {} : { n, measuredOn: filled.on || null }),
      }),
    onSuccess: () => {
      forgetYears();
      onDone();
    },
  });
  const propose = useMutation({
    mutationFn: () => {
      const { from = '01-01', to = '12-31', ...places } = item.filter ?? {};
      const days = (of: number) => ({ from: `${of}-${from}`, to: `${of}-${to}` });
      const base = days(year - 1);
      return get<Explanation>('explanations', {
        ...{ ...days(year), baseFrom: base.from, baseTo: base.to, by: 'channel,product' },
        ...(item.channel ? { channel: item.channel } : {}),
        ...places,
      });
    },
    onSuccess: ({ sentences }) => {
      const text = sentences[language].join(' ');
      if (!filled.note.includes(text)) set({ note: [filled.note.trim(), text].filter(Boolean).join('\n\n') });
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    setShown(wrong);
    if (wrong.length === 0) save.mutate();
  }
  const input = (field: 'target' | 'realised' | 'n', help?: string) => (
    <div className="kp-year__field">
      <label htmlFor={`${id}-${field}`}>{w(`field.${field}`)}</label>
      <input
        id={`${id}-${field}`}
        className="utrecht-textbox"
        inputMode="decimal"
        aria-invalid={isWrong(field) || undefined}
        aria-describedby={help || isWrong(field) ? `${id}-${field}-help` : undefined}
        value={filled[field]}
        onChange={({ target: { value } }) => set({ [field]: value })}
      />
      {(help || isWrong(field)) && (
        <span id={`${id}-${field}-help`} className="kp-year__fact">
          {isWrong(field) ? w(field === 'n' ? 'wrong.n' : 'wrong.grade') : help}
        </span>
      )}
    </div>
  );
  return (
    <form
      className="kp-year__form"
      onSubmit={submit}
      noValidate
      aria-label={w('edit.of', { name: row.name })}
    >
      {shown.length > 0 && <ErrorSummary title={w('wrong.title')} errors={shown} />}
      <div className="kp-year__fields">
        {input('target')}
        {input('realised', row.own ? w('field.realised.own') : undefined)}
        {!row.own && input('n')}
        {!row.own && (
          <div className="kp-year__field">
            <label htmlFor={`${id}-on`}>{w('field.on')}</label>
            <input
              id={`${id}-on`}
              type="date"
              className="utrecht-textbox"
              value={filled.on}
              onChange={({ target: { value } }) => set({ on: value })}
            />
          </div>
        )}
      </div>
      <label htmlFor={`${id}-note`}>{w('field.note')}</label>
      <textarea
        id={`${id}-note`}
        className="utrecht-textbox"
        rows={5}
        maxLength={limits.commentLength}
        value={filled.note}
        onChange={({ target: { value } }) => set({ note: value })}
      />
      <FormButtons
        submit={w('save')}
        busy={save.isPending}
        said={save.isError ? w('save.failed') : propose.isError ? w('propose.none') : ''}
      >
        {row.own && (
          <button
            type="button"
            className="utrecht-button utrecht-button--secondary-action"
            disabled={propose.isPending}
            onClick={() => propose.mutate()}
          >
            {w('propose')}
          </button>
        )}
        <button type="button" className="kp-quiet" onClick={onDefine}>
          {w('define.edit')}
        </button>
        <button type="button" className="kp-quiet" onClick={onDone}>
          {w('cancel')}
        </button>
      </FormButtons>
    </form>
  );
}
