import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import type { MeasuredNorm, ServiceNormInput } from '#shared/contract/service-norms.ts';
import { slugOf } from '#shared/core/slug.ts';
import { Field } from '../../ui/form/Field.tsx';
import { FormButtons } from '../../ui/form/FormButtons.tsx';
import { put } from '../api/client.ts';
import { queryClient } from '../api/queries.ts';
import { type NormWords, useNormWords } from './words.ts';

const answersOf = (text: string, { w }: NormWords): (string | boolean)[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => (part.toLowerCase() === w('yes') ? true : part));

/** Adds a promise, or changes one. Its key stays, so that its series goes on. */
export function NormForm({
  norm,
  answerKeys,
  onDone,
}: {
  norm: MeasuredNorm | null;
  answerKeys: readonly string[];
  onDone: () => void;
}) {
  const words = useNormWords();
  const { w, mark } = words;
  const id = useId();
  const [promise, setPromise] = useState(norm?.promise ?? '');
  const [question, setQuestion] = useState(norm?.question ?? answerKeys[0] ?? '');
  const [confirms, setConfirms] = useState(
    norm?.confirms.map((value) => (value === true ? w('yes') : String(value))).join(', ') ?? '',
  );
  const [target, setTarget] = useState(norm?.target == null ? '' : mark(norm.target * 100));
  const [errors, setErrors] = useState<Partial<Record<'promise' | 'confirms' | 'target', string>>>({});
  const { mutate, isPending, isError } = useMutation({
    mutationFn: (input: ServiceNormInput) => put(`service-norms/${norm?.key ?? slugOf(promise)}`, input),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['figures', 'norms'] });
      onDone();
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const answers = answersOf(confirms, words);
    const percent = target.trim() === '' ? null : Number(target.replace(',', '.'));
    const found = {
      ...(promise.trim() === '' ? { promise: w('form.missing') } : {}),
      ...(answers.length === 0 ? { confirms: w('form.missing') } : {}),
      ...(percent !== null && !(percent >= 0 && percent <= 100) ? { target: w('form.percent') } : {}),
    };
    setErrors(found);
    const [first] = Object.keys(found);
    if (first) return document.getElementById(`${id}-${first}`)?.focus();
    mutate({
      ...{ promise: promise.trim(), question, confirms: answers, retired: false },
      target: percent === null ? null : percent / 100,
    });
  }

  if (answerKeys.length === 0) return <p className="kp-signals__none">{w('form.question.none')}</p>;
  return (
    <form className="kp-norm__form" onSubmit={submit} noValidate>
      <Field
        id={`${id}-promise`}
        label={w('form.promise')}
        description={w('form.promise.help')}
        type="text"
        autoComplete="off"
        error={errors.promise}
        value={promise}
        onChange={setPromise}
      />
      <div className="kp-field">
        <label className="utrecht-form-label" htmlFor={`${id}-question`}>
          {w('form.question')}
        </label>
        <select
          id={`${id}-question`}
          className="utrecht-textbox utrecht-textbox--html-input"
          value={question}
          onChange={({ target: { value } }) => setQuestion(value)}
        >
          {answerKeys.map((key) => (
            <option key={key}>{key}</option>
          ))}
        </select>
      </div>
      <Field
        id={`${id}-confirms`}
        label={w('form.confirms')}
        description={w('form.confirms.help')}
        type="text"
        autoComplete="off"
        error={errors.confirms}
        value={confirms}
        onChange={setConfirms}
      />
      <Field
        id={`${id}-target`}
        label={w('form.target')}
        description={w('form.target.help')}
        type="text"
        autoComplete="off"
        error={errors.target}
        value={target}
        onChange={setTarget}
      />
      {isError && (
        <p role="alert" className="kp-signals__wrong">
          {w('form.failed')}
        </p>
      )}
      <FormButtons submit={w('form.save')} busy={isPending}>
        <button type="button" className="utrecht-button utrecht-button--secondary-action" onClick={onDone}>
          {w('form.cancel')}
        </button>
      </FormButtons>
    </form>
  );
}
