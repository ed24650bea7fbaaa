import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import type { FigureSettings } from '#shared/contract/settings.ts';
import { put } from '../api/client.ts';
import { figureSettingsQuery, queryClient } from '../api/queries.ts';
import { useSignalWords } from './words.ts';

/** How often a signal may be raised by chance alone. */
export function Sensitivity() {
  const { w, mark } = useSignalWords();
  const id = useId();
  const [said, setSaid] = useState<{ wrong: boolean; text: string } | null>(null);
  const { data } = useQuery(figureSettingsQuery);
  const { mutate, isPending } = useMutation({
    mutationFn: (settings: FigureSettings) => put<FigureSettings>('figure-settings', settings),
    onSuccess: (settings) => {
      queryClient.setQueryData(figureSettingsQuery.queryKey, settings);
      setSaid({ wrong: false, text: w('sensitivity.saved') });
    },
    onError: () => setSaid({ wrong: true, text: w('change.failed') }),
  });
  if (!data) return null;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const value = Number(String(new FormData(event.currentTarget).get('perYear')).replace(',', '.'));
    if (!(value >= 0.1 && value <= 50)) setSaid({ wrong: true, text: w('sensitivity.wrong') });
    else if (data) mutate({ ...data, falseAlarmsPerYear: value });
  }

  return (
    <section className="kp-signals__sensitivity kp-screen" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{w('sensitivity.title')}</h2>
      <form onSubmit={submit} noValidate key={data.falseAlarmsPerYear}>
        <label htmlFor={id}>{w('sensitivity.label')}</label>
        <input
          id={id}
          name="perYear"
          inputMode="decimal"
          className="kp-period__input kp-signals__number"
          defaultValue={mark(data.falseAlarmsPerYear)}
          aria-describedby={`${id}-help ${id}-said`}
          aria-invalid={said?.wrong ? true : undefined}
        />
        <button
          type="submit"
          className="utrecht-button utrecht-button--secondary-action"
          disabled={isPending}
        >
          {w('sensitivity.save')}
        </button>
      </form>
      <p id={`${id}-help`} className="kp-trend__help">
        {w('sensitivity.help')}
      </p>
      <p id={`${id}-said`} role="status" className={said?.wrong ? 'kp-signals__wrong' : undefined}>
        {said?.text}
      </p>
    </section>
  );
}
