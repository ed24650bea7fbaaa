import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { Product, Touchpoint } from '#shared/contract/settings.ts';
import type { SurveyLink } from '#shared/contract/survey-links.ts';
import { ErrorSummary } from '../../ui/form/ErrorSummary.tsx';
import { ApiProblem, put } from '../api/client.ts';
import { queryClient } from '../api/queries.ts';
import { linesFrom, recordFrom } from './linkLines.ts';
import { surveyLinksQuery } from './queries.ts';
import { useTelephoneWords } from './words.ts';

function Labelled(props: {
  id: string;
  label: string;
  note?: string;
  error?: string | undefined;
  children: ReactNode;
}) {
  const { id, label, note, error, children } = props;
  return (
    <div className={`kp-field utrecht-form-field${error ? ' utrecht-form-field--invalid' : ''}`}>
      <label className="utrecht-form-label" htmlFor={id}>
        {label}
      </label>
      {note && (
        <div id={`${id}-note`} className="utrecht-form-field-description">
          {note}
        </div>
      )}
      {error && (
        <div id={`${id}-error`} className="utrecht-form-field-error-message">
          {error}
        </div>
      )}
      {children}
    </div>
  );
}

export interface LinkFormProps {
  link: SurveyLink;
  touchpoints: readonly Touchpoint[];
  products: readonly Product[];
  onClose: () => void;
  onSaved: (id: string) => void;
}

/** Where one link leads to. Of a link that is there the id stays. */
export function LinkForm({ link, touchpoints, products, onClose, onSaved }: LinkFormProps) {
  const { w, t } = useTelephoneWords();
  const id = useId();
  const [name, setName] = useState(link.id);
  const [touchpoint, setTouchpoint] = useState(link.touchpoint);
  const [product, setProduct] = useState(link.product ?? '');
  const [forms, setForms] = useState(linesFrom(link.forms));
  const [grades, setGrades] = useState(linesFrom(link.grades));
  const [found, setFound] = useState<{ field: string; text: string }[]>([]);
  const mutation = useMutation({
    mutationFn: (change: Omit<SurveyLink, 'id'>) =>
      put<SurveyLink>(`survey-links/${encodeURIComponent(name.trim())}`, change),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: surveyLinksQuery.queryKey });
      onSaved(name.trim());
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    const [byForm, byRating] = [recordFrom(forms), recordFrom(grades)];
    const known = new Set(products.map(({ key }) => key));
    const values = Object.entries(byRating.record).map(([key, value]) => [key, Number(value)] as const);
    const wrong: typeof found = [];
    const note = (field: string, text: string) => wrong.push({ field: `${id}-${field}`, text });
    if (!/^[A-Za-z0-9._-]{1,100}$/.test(name.trim())) note('name', w('links.wrong.id'));
    if (byForm.wrong !== null) note('forms', w('links.wrong.lines', { line: byForm.wrong }));
    else if (Object.values(byForm.record).some((key) => !known.has(key)))
      note('forms', w('links.wrong.product'));
    if (byRating.wrong !== null) note('grades', w('links.wrong.lines', { line: byRating.wrong }));
    else if (values.some(([, grade]) => !Number.isInteger(grade) || grade < 1 || grade > 10))
      note('grades', w('links.wrong.grade'));
    setFound(wrong);
    if (wrong.length > 0) return mutation.reset();
    mutation.mutate({
      ...{ touchpoint, product: product || null, forms: byForm.record },
      grades: Object.fromEntries(values),
    });
  }
  const status = mutation.error instanceof ApiProblem ? mutation.error.status : 0;
  const mistakes = mutation.error
    ? [{ text: status === 0 ? t('problem.network') : t('problem.server', { status }) }]
    : found;
  const errorOf = (field: string) => found.find((one) => one.field === `${id}-${field}`)?.text;
  const about = (field: string) => ({
    id: `${id}-${field}`,
    'aria-describedby': `${id}-${field}-note${errorOf(field) ? ` ${id}-${field}-error` : ''}`,
    'aria-invalid': errorOf(field) ? true : undefined,
  });

  return (
    <form className="kp-tel__form kp-screen" onSubmit={submit} noValidate>
      {mistakes.length > 0 && <ErrorSummary title={w('notSaved')} errors={mistakes} />}
      <Labelled id={`${id}-name`} label={w('links.id')} note={w('links.id.note')} error={errorOf('name')}>
        <input
          {...about('name')}
          type="text"
          autoComplete="off"
          readOnly={link.id !== ''}
          className="utrecht-textbox utrecht-textbox--html-input kp-tel__short"
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
      </Labelled>
      <Labelled id={`${id}-touchpoint`} label={w('links.touchpoint')}>
        <select
          id={`${id}-touchpoint`}
          className="utrecht-textbox kp-tel__select"
          value={touchpoint}
          onChange={({ target }) => setTouchpoint(target.value)}
        >
          {touchpoints.map(({ key, name: shown }) => (
            <option key={key} value={key}>
              {shown}
            </option>
          ))}
        </select>
      </Labelled>
      <Labelled id={`${id}-product`} label={w('links.product')}>
        <select
          id={`${id}-product`}
          className="utrecht-textbox kp-tel__select"
          value={product}
          onChange={({ target }) => setProduct(target.value)}
        >
          <option value="">{w('links.noProduct')}</option>
          {products.map(({ key, name: shown }) => (
            <option key={key} value={key}>
              {shown}
            </option>
          ))}
        </select>
      </Labelled>
      <Labelled
        id={`${id}-forms`}
        label={w('links.forms')}
        note={w('links.forms.note')}
        error={errorOf('forms')}
      >
        <textarea
          {...about('forms')}
          className="utrecht-textbox kp-tel__area"
          rows={3}
          value={forms}
          onChange={({ target }) => setForms(target.value)}
        />
      </Labelled>
      <Labelled
        id={`${id}-grades`}
        label={w('links.ratings')}
        note={w('links.ratings.note')}
        error={errorOf('grades')}
      >
        <textarea
          {...about('grades')}
          className="utrecht-textbox kp-tel__area"
          rows={3}
          value={grades}
          onChange={({ target }) => setGrades(target.value)}
        />
      </Labelled>
      <p className="kp-tel__buttons">
        <button
          type="submit"
          className="utrecht-button utrecht-button--primary-action"
          disabled={mutation.isPending}
        >
          {w(mutation.isPending ? 'form.saving' : 'form.save')}
        </button>
        <button type="button" className="utrecht-button utrecht-button--secondary-action" onClick={onClose}>
          {w('form.cancel')}
        </button>
      </p>
    </form>
  );
}
