import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import type { Indicator } from '#shared/contract/settings.ts';
import { slugOf } from '#shared/core/slug.ts';
import { ErrorSummary } from '../../ui/form/ErrorSummary.tsx';
import { Field } from '../../ui/form/Field.tsx';
import { FormButtons } from '../../ui/form/FormButtons.tsx';
import { put } from '../api/client.ts';
import { channelsQuery } from '../api/queries.ts';
import { gradeIn } from './grade.ts';
import { forgetYears } from './queries.ts';
import { useYearWords } from './words.ts';

const elsewhere = '';

/** What an indicator is: computed from a channel of ours, or held by another organisation; and its target of a year. */
export function IndicatorForm({
  item,
  known,
  year,
  onDone,
}: {
  item: Indicator | null;
  /** Keys that are taken. */
  known: readonly string[];
  year: number;
  onDone: () => void;
}) {
  const { w } = useYearWords();
  const id = useId();
  const { data: channels = [] } = useQuery(channelsQuery);
  const [filled, setFilled] = useState({
    name: item?.name ?? '',
    objective: item?.objective ?? '',
    channel: item?.channel ?? elsewhere,
    source: item?.source ?? '',
    every: String(item?.every ?? 1),
    target: '',
  });
  const [shown, setShown] = useState<{ field: string; text: string }[]>([]);
  const set = (change: Partial<typeof filled>) => setFilled({ ...filled, ...change });
  // Which of our ratings a filter of the settings file takes is not changed here.
  const ownFilter = item?.filter !== undefined;
  const target = gradeIn(filled.target);
  const missing = (field: 'name' | 'source') =>
    filled[field].trim() === '' ? [{ field: `${id}-${field}`, text: w(`define.${field}.missing`) }] : [];
  const wrongTarget = item === null && (target === null || target === undefined);
  const wrong = [
    ...missing('name'),
    ...missing('source'),
    ...(wrongTarget ? [{ field: `${id}-target`, text: w('wrong.grade') }] : []),
  ];
  const errorOf = (field: string) => shown.find((one) => one.field === `${id}-${field}`)?.text;
  const save = useMutation({
    mutationFn: async () => {
      const key = item?.key ?? slugOf(filled.name, known);
      const { key: _k, years: _y, channel: _c, every: _e, ...rest } = item ?? ({} as Partial<Indicator>);
      await put(`indicators/${key}`, {
        ...{ unit: w('define.unit'), ...rest },
        ...{ name: filled.name.trim(), objective: filled.objective.trim(), source: filled.source.trim() },
        ...(filled.channel === elsewhere ? {} : { channel: filled.channel }),
        ...(filled.every === '1' ? {} : { every: Number(filled.every) }),
      });
      if (item === null) await put(`indicators/${key}/${year}`, { target });
    },
    onSuccess: () => {
      forgetYears();
      onDone();
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    setShown(wrong);
    if (wrong.length === 0) save.mutate();
  }
  const field = (name: 'name' | 'objective' | 'source' | 'target', description?: string) => (
    <Field
      id={`${id}-${name}`}
      label={w(`define.${name}`, { year })}
      type="text"
      autoComplete="off"
      {...(description ? { description } : {})}
      error={errorOf(name)}
      value={filled[name]}
      onChange={(value) => set({ [name]: value })}
    />
  );
  const chooser = (name: 'channel' | 'every', options: readonly (readonly [string, string])[]) => (
    <div className="kp-field utrecht-form-field">
      <label className="utrecht-form-label" htmlFor={`${id}-${name}`}>
        {w(`define.${name}`)}
      </label>
      <select
        id={`${id}-${name}`}
        className="utrecht-textbox utrecht-textbox--html-input"
        value={filled[name]}
        onChange={({ target: { value } }) => set({ [name]: value })}
      >
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
  return (
    <form className="kp-year__define kp-screen" onSubmit={submit} noValidate aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{item ? w('edit.of', { name: item.name }) : w('define.new')}</h2>
      {shown.length > 0 && <ErrorSummary title={w('wrong.title')} errors={shown} />}
      {field('name')}
      {!ownFilter &&
        chooser('channel', [
          [elsewhere, w('define.elsewhere')],
          ...channels.map(({ key, name }) => [key, w('define.own', { name })] as const),
        ])}
      {field('source', w('define.source.help'))}
      {filled.channel === elsewhere &&
        !ownFilter &&
        chooser('every', [
          ['1', w('define.every.one')],
          ['2', w('define.every.two')],
        ])}
      {field('objective', w('define.objective.help'))}
      {item === null && field('target')}
      <FormButtons submit={w('save')} busy={save.isPending} said={save.isError ? w('save.failed') : ''}>
        <button type="button" className="kp-quiet" onClick={onDone}>
          {w('cancel')}
        </button>
      </FormButtons>
    </form>
  );
}
