import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { eventTypes } from '#shared/contract/lists.ts';
import type { WebhookMade } from '#shared/contract/webhooks.ts';
import { Field } from '../../ui/form/Field.tsx';
import { ApiProblem, post } from '../api/client.ts';
import { queryClient } from '../api/queries.ts';
import { webhooksQuery } from './queries.ts';
import { useOutgoingWords } from './words.ts';

export function HookForm() {
  const { w } = useOutgoingWords();
  const id = useId();
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const [types, setTypes] = useState<readonly string[]>(eventTypes.slice(0, 1));
  const [wrong, setWrong] = useState<{ name?: string; url?: string; types?: string }>({});
  const { mutate, data, isPending, error } = useMutation({
    mutationFn: (input: { name: string; url: string; types: readonly string[] }) =>
      post<WebhookMade>('webhooks', input),
    onSuccess: async () => {
      setName('');
      setUrl('');
      await queryClient.invalidateQueries({ queryKey: webhooksQuery.queryKey });
    },
    onError: (problem) => {
      const about = problem instanceof ApiProblem && problem.errors.find(({ pointer }) => pointer === '/url');
      if (about) setWrong({ url: about.detail });
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    const found = {
      ...(name.trim() ? {} : { name: w('add.missing') }),
      ...(url.trim() ? {} : { url: w('add.missing') }),
      ...(types.length > 0 ? {} : { types: w('add.types.missing') }),
    };
    setWrong(found);
    const [first] = Object.keys(found);
    if (first) return document.getElementById(`${id}-${first}`)?.focus();
    mutate({ name: name.trim(), url: url.trim(), types });
  }
  const toggle = (type: string) =>
    setTypes(types.includes(type) ? types.filter((one) => one !== type) : [...types, type]);
  return (
    <form className="kp-out__form" onSubmit={submit} noValidate>
      <Field
        id={`${id}-name`}
        label={w('add.name')}
        type="text"
        autoComplete="off"
        error={wrong.name}
        value={name}
        onChange={setName}
      />
      <Field
        id={`${id}-url`}
        label={w('add.url')}
        description={w('add.url.help')}
        type="text"
        autoComplete="off"
        error={wrong.url}
        value={url}
        onChange={setUrl}
      />
      <fieldset
        id={`${id}-types`}
        tabIndex={-1}
        className="kp-out__types"
        {...(wrong.types ? { 'aria-describedby': `${id}-types-wrong` } : {})}
      >
        <legend className="utrecht-form-label">{w('add.types')}</legend>
        {wrong.types && (
          <p id={`${id}-types-wrong`} className="utrecht-form-field-error-message">
            {wrong.types}
          </p>
        )}
        {eventTypes.map((type) => (
          <label key={type}>
            <input type="checkbox" checked={types.includes(type)} onChange={() => toggle(type)} />
            {w(`type.${type}`)}
          </label>
        ))}
      </fieldset>
      <button type="submit" className="utrecht-button utrecht-button--primary-action" disabled={isPending}>
        {w('add.submit')}
      </button>
      <div role="status">
        {error && !wrong.url && <p>{w('notDone')}</p>}
        {data && (
          <p className="kp-out__secret">
            {w('add.secret', { name: data.name })} <code>{data.secret}</code>
          </p>
        )}
      </div>
    </form>
  );
}
